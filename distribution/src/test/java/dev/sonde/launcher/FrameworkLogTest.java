package dev.sonde.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogRecord;
import org.apache.felix.framework.Logger;
import org.junit.jupiter.api.Test;

class FrameworkLogTest {

  private final FrameworkLog log = new FrameworkLog();
  private final List<LogRecord> taken = new ArrayList<>();

  @Test
  void shouldHandOverWhatTheFrameworkLogs() {
    IllegalStateException why = new IllegalStateException();
    log.accept(taken::add);
    log.log(Logger.LOG_ERROR, "broken", why);
    log.log(Logger.LOG_DEBUG, "not wanted");
    log.accept(null);
    log.log(Logger.LOG_ERROR, "printed");

    assertThat(taken)
        .singleElement()
        .satisfies(line -> assertThat(line.getMessage()).isEqualTo("broken"));
    assertThat(taken.getFirst().getThrown()).isSameAs(why);
  }
}
