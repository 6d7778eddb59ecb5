package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.event.log.LogLine;
import dev.sonde.log.Severity;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.logging.PaxLogger;
import org.ops4j.pax.logging.PaxMarker;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogService;

/// What bundles log becomes events, by whatever method of whatever interface.
class SystemLogTest {

  private final AtomicLong nanos = new AtomicLong();
  private final List<LogLine> published = new CopyOnWriteArrayList<>();
  private final LogLines lines = new LogLines((line, origin) -> published.add(line), nanos::get);
  private final PaxLogger logger = LineLogger.of(lines, "com.acme", "com.acme.Valve", false);

  @Test
  void shouldTakeEveryMethodForWhatItIs() {
    lines.use(Severity.TRACE);
    logger.trace("{} and {}", 1, 2);
    logger.debug("{}, {}, {}", 1, 2, new int[] {3});
    logger.info("plain {}");
    logger.warn((PaxMarker) null, "marked {}", "x");
    logger.fqerror("caller", "failed", new IllegalStateException("why"));
    logger.fatal("over");
    logger.audit("who");
    logger.info(later -> later.info("lazily"));

    assertThat(messages())
        .containsExactly(
            "TRACE 1 and 2",
            "DEBUG 1, 2, [3]",
            "INFO plain {}",
            "WARNING marked x",
            "ERROR failed",
            "ERROR over",
            "INFO who",
            "INFO lazily");
    assertThat(published)
        .allSatisfy(line -> assertThat(line.bundle()).isEqualTo("com.acme"))
        .allSatisfy(line -> assertThat(line.logger()).isEqualTo("com.acme.Valve"));
    assertThat(published.get(4).stack().orElseThrow())
        .startsWith("java.lang.IllegalStateException: why\n\tat " + SystemLogTest.class.getName());
    assertThat(published.get(3).stack()).isEmpty();
  }

  @Test
  void shouldTakeOnlyWhatIsGraveEnough() {
    logger.info("no");
    logger.warn("yes");
    logger.audit("always");

    assertThat(logger.isInfoEnabled()).isFalse();
    assertThat(logger.isWarnEnabled()).isTrue();
    assertThat(logger.getLogLevel()).isEqualTo(LogLevel.WARN);
    assertThat(logger.getPaxLogLevel()).isEqualTo(PaxLogger.LEVEL_WARNING);
    assertThat(messages()).containsExactly("WARNING yes", "INFO always");
    lines.use(Severity.INFO);
    assertThat(logger.isInfoEnabled()).isTrue();
  }

  @Test
  void shouldFormatByPercentSignsWhereAskedTo() {
    PaxLogger formatter = LineLogger.of(lines, "com.acme", "x", true);
    formatter.warn("%05d of %s", 42, "y");
    formatter.warn("%d", "no number");

    assertThat(messages()).containsExactly("WARNING 00042 of y", "WARNING %d");
  }

  @Test
  @SuppressWarnings("deprecation")
  void shouldTakeTheOldLogServiceToo() {
    LogService service = new LoggingService(lines, null);
    service.log(LogService.LOG_ERROR, "old", new IllegalStateException());
    service.log(LogService.LOG_INFO, "less");
    service.getLogger("new").warn("{}", "young");

    assertThat(messages()).containsExactly("ERROR old", "WARNING young");
  }

  @Test
  void shouldNotPassOnWhatArgumentsThrow() {
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no text");
          }
        };
    Throwable unprintable =
        new RuntimeException() {
          private static final long serialVersionUID = 1;

          @Override
          public String toString() {
            throw this;
          }
        };
    assertThatCode(() -> logger.warn("{}", hostile)).doesNotThrowAnyException();
    assertThatCode(() -> logger.warn("x", unprintable)).doesNotThrowAnyException();
    logger.warn("x".repeat(1_000_000));
    logger.warn((String) null);

    assertThat(messages()).hasSize(4);
    assertThat(published.get(1).stack().orElseThrow()).endsWith("which can not be printed");
    assertThat(published.get(2).message()).hasSize(LogLines.MAX_CHARS + 1);
    assertThat(published.get(3).message()).isEqualTo("null");
  }

  @Test
  void shouldDamAFloodOfOneLoggerAloneAndSayIt() {
    PaxLogger other = LineLogger.of(lines, "com.acme", "other", false);
    for (int i = 0; i < 10_000; i++) {
      logger.warn("flood {}", i);
    }
    other.warn("still heard");
    nanos.addAndGet(1_000_000_000L);
    for (int i = 0; i < 10_000; i++) {
      logger.warn("more {}", i);
    }

    assertThat(messages())
        .hasSize(FloodGate.AT_ONCE + 1 + 1 + FloodGate.EACH_SECOND)
        .contains("WARNING flood 499", "WARNING still heard", "WARNING more 0");
    assertThat(published.get(FloodGate.AT_ONCE).message()).startsWith("logs too much");
    assertThat(lines.account()).contains("19,480 left out of floods, 0 lost");
  }

  /// Forks end before what waits for the module is delivered, so its last lines are among that.
  @Test
  void shouldNotEndBeforeTheLastLinesArePublished() throws Exception {
    CompletableFuture<String> busy = new CompletableFuture<>();
    LogLines late =
        new LogLines(
            (line, origin) -> {
              busy.join();
              published.add(line);
            },
            nanos::get);
    SystemLog log = new SystemLog(bundle(), taker -> {}, late);
    LineLogger.of(late, "com.acme", "com.acme.Valve", false).warn("the last");
    CompletableFuture<Integer> publishedAtItsEnd = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(log::cancel);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              awaitEnd(log);
              publishedAtItsEnd.complete(published.size());
            });
    assertThatThrownBy(() -> publishedAtItsEnd.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    busy.complete("no more");

    assertThat(publishedAtItsEnd.get(20, TimeUnit.SECONDS)).isEqualTo(1);
  }

  private static void awaitEnd(SystemLog log) {
    try {
      log.run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// A bundle whose registrations may be taken back, and nothing else.
  private static BundleContext bundle() {
    ServiceRegistration<?> registration = fake(ServiceRegistration.class, null);
    return fake(BundleContext.class, registration);
  }

  private static <T> T fake(Class<T> type, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> answer));
  }

  @Test
  void shouldBecomeAReadableLine() {
    LogLine line =
        new LogLine(
            "dev.sonde.module-network",
            "dev.sonde.network.Capture",
            Severity.ERROR,
            "eth0 is \u001b[31mgone",
            Optional.of("java.io.IOException: No such device\n\tat x"));
    Heard heard = Samples.heard(Samples.envelope(1, line));

    assertThat(heard.module()).isEqualTo("network");
    assertThat(heard.level()).isEqualTo(Level.ERROR);
  }

  /// In order, once all are published.
  private List<String> messages() {
    lines.close();
    return published.stream().map(line -> line.severity() + " " + line.message()).toList();
  }
}
