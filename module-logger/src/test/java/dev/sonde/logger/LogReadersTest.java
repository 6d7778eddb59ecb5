package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.log.LogLine;
import dev.sonde.log.Severity;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

/// What bundles log can be read through the OSGi Log Reader Service.
class LogReadersTest {

  private static final LogLines.Origin ORIGIN = new LogLines.Origin(1_700_000_000_123L, "main");

  private final LogReaders readers = new LogReaders(name -> null);
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final BlockingQueue<LogEntry> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    readers.close();
  }

  private LogReaderService reader() {
    return readers.getService(null, null);
  }

  private void say(String message, Severity severity, Optional<String> stack) {
    readers.add(new LogLine("com.acme", "com.acme.Valve", severity, message, stack), ORIGIN);
  }

  private void say(String message) {
    say(message, Severity.WARNING, Optional.empty());
  }

  private LogEntry next() throws InterruptedException {
    return heard.poll(20, TimeUnit.SECONDS);
  }

  @Test
  @SuppressWarnings("deprecation")
  void shouldTellListenersAllThatIsKnownOfALine() throws Exception {
    LogReaderService reader = reader();
    reader.addLogListener(heard::add);
    say("leaks", Severity.ERROR, Optional.of("java.io.IOException: wet\n\tat com.acme.Valve"));
    say("dry");

    LogEntry entry = next();
    assertThat(entry.getMessage()).isEqualTo("leaks");
    assertThat(entry.getLoggerName()).isEqualTo("com.acme.Valve");
    assertThat(entry.getLogLevel()).isEqualTo(LogLevel.ERROR);
    assertThat(entry.getLevel()).isEqualTo(1);
    assertThat(entry.getTime()).isEqualTo(ORIGIN.epochMillis());
    assertThat(entry.getThreadInfo()).isEqualTo("main");
    assertThat(entry.getException())
        .hasMessage("java.io.IOException: wet\n\tat com.acme.Valve")
        .hasNoCause();
    LogEntry second = next();
    assertThat(second.getException()).isNull();
    assertThat(second.getSequence()).isGreaterThan(entry.getSequence());
  }

  @Test
  void shouldKeepTheLatest() {
    LogReaderService reader = reader();
    for (int i = 1; i <= LogReaders.KEPT + 2; i++) {
      say("line " + i);
    }
    List<LogEntry> kept = Collections.list(reader.getLog());
    assertThat(kept).hasSize(LogReaders.KEPT);
    assertThat(kept.getFirst().getMessage()).isEqualTo("line " + (LogReaders.KEPT + 2));
    assertThat(kept.getLast().getMessage()).isEqualTo("line 3");
  }

  @Test
  void shouldTellOnceThatAListenerFailsAndGoOn() throws Exception {
    readers.tell(notes::add);
    reader()
        .addLogListener(
            entry -> {
              throw new LinkageError("mine");
            });
    reader().addLogListener(heard::add);
    say("one");
    say("two");

    assertThat(next().getMessage()).isEqualTo("one");
    assertThat(next().getMessage()).isEqualTo("two");
    assertThat(notes)
        .singleElement()
        .asString()
        .contains("an unknown bundle fails (java.lang.LinkageError)");
  }

  @Test
  void shouldForgetListenersOfABundleThatLetsGo() throws Exception {
    LogReaderService gone = reader();
    LogReaderService stays = reader();
    List<LogEntry> notHeard = new CopyOnWriteArrayList<>();
    gone.addLogListener(notHeard::add);
    LogListener listener = heard::add;
    stays.addLogListener(listener);
    stays.addLogListener(listener);
    readers.ungetService(null, null, gone);
    say("one");
    say("two");

    assertThat(next().getMessage()).isEqualTo("one");
    assertThat(next().getMessage()).isEqualTo("two");
    assertThat(notHeard).isEmpty();
  }

  @Test
  void shouldNotWaitForAListenerThatHangs() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch hangs = new CountDownLatch(1);
    reader()
        .addLogListener(
            entry -> {
              entered.countDown();
              try {
                hangs.await();
              } catch (InterruptedException closed) {
                heard.add(entry);
              }
            });
    say("one");
    assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 10_000; i++) {
      say("more");
    }
    readers.close();

    assertThat(next().getMessage()).as("interrupted at the end").isEqualTo("one");
  }
}
