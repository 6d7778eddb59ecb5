package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;

class FaultsTest {

  private final List<String> lines = new ArrayList<>();

  /// Prints as loggers do, which calls what an exception may have overridden.
  private final Logger log =
      (Logger)
          Proxy.newProxyInstance(
              FaultsTest.class.getClassLoader(),
              new Class<?>[] {Logger.class},
              (proxy, method, arguments) -> {
                StringWriter printed = new StringWriter();
                for (Object argument : arguments) {
                  if (argument instanceof Throwable thrown) {
                    thrown.printStackTrace(new PrintWriter(printed, true));
                  }
                }
                lines.add(Arrays.toString(arguments) + printed);
                return null;
              });

  private static Throwable caught(Thrown thrown) {
    try {
      thrown.raise();
    } catch (Throwable caught) {
      return caught;
    }
    throw new AssertionError("Nothing was thrown");
  }

  @ParameterizedTest
  @EnumSource(Thrown.class)
  void shouldHaveWordsForWhateverIsThrown(Thrown thrown) {
    Throwable caught = caught(thrown);

    assertThat(Faults.describe(caught)).isNotBlank().hasSizeLessThan(1_000);
    assertThat(Faults.place(caught)).isNotNull();
    Faults.warn(log, "Module valve failed", caught);
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).contains("Module valve failed");
  }

  @Test
  void shouldLogWhereARecursionIsAndNotAThousandFrames() {
    StackOverflowError error = new StackOverflowError();
    StackTraceElement frame = new StackTraceElement("com.acme.Valve", "turn", "Valve.java", 1);
    error.setStackTrace(Collections.nCopies(1_024, frame).toArray(StackTraceElement[]::new));
    Faults.warn(log, "Module valve failed", error);
    assertThat(lines.getFirst().lines().filter(line -> line.contains("Valve.turn"))).hasSize(32);
  }
}
