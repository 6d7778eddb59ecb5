package dev.sonde.logger;

import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.RevokedException;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.spi.EventCodec;
import dev.sonde.event.log.LogLine;
import dev.sonde.log.LogSink;
import java.io.Console;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/// Hears every event and writes it down.
@Component(service = {SondeModule.class, LoggerModule.class})
public final class LoggerModule implements SondeModule {

  private static final long ANSWER_SECONDS = 5;

  private record Run(ModuleContext context, Recording recording, LogReaders readers) {}

  private final BundleContext bundle;
  private final EventCodec codec;
  private final Consumer<@Nullable Consumer<LogRecord>> framework;
  private final Sinks sinks = new Sinks();
  private final IdentityHashMap<LogSink, Outlet> outlets = new IdentityHashMap<>();
  private final Path logDirectory;
  private final String deviceRun;
  private final boolean interactive;
  private volatile @Nullable Run run;

  /// Made by the service registry.
  ///
  /// @param bundle knows the device's home and whether somebody watches
  /// @param codec writes events as JSON
  /// @param framework the launcher's, which takes what takes the framework's lines
  @Activate
  public LoggerModule(
      BundleContext bundle,
      @Reference EventCodec codec,
      @Reference(target = "(sonde.log=true)", cardinality = ReferenceCardinality.OPTIONAL)
          @Nullable Consumer<@Nullable Consumer<LogRecord>> framework) {
    this.bundle = bundle;
    this.codec = codec;
    this.framework = framework == null ? nobody -> {} : framework;
    String home = bundle.getProperty("sonde.home");
    this.logDirectory = Path.of(home == null ? "." : home, "log");
    this.deviceRun = String.valueOf(bundle.getProperty(Constants.FRAMEWORK_UUID));
    this.interactive =
        !Boolean.parseBoolean(bundle.getProperty("sonde.headless")) && isTerminal(System.console());
  }

  /// A third party's sink appears.
  ///
  /// @param sink the sink
  /// @param properties its service properties
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void addSink(LogSink sink, Map<String, Object> properties) {
    Object name = properties.getOrDefault("name", sink.getClass().getName());
    Object events = properties.getOrDefault("events", "*");
    List<String> rules =
        events instanceof String[] several
            ? List.of(several)
            : List.of(events.toString().split(",", -1));
    outlets.put(sink, sinks.add(name.toString(), TopicRules.parse(rules), sink));
  }

  /// A third party's sink goes.
  ///
  /// @param sink the sink
  synchronized void removeSink(LogSink sink) {
    Outlet outlet = outlets.remove(sink);
    if (outlet != null) {
      sinks.remove(outlet);
    }
  }

  private static boolean isTerminal(@Nullable Console console) {
    return console != null && console.isTerminal();
  }

  @Override
  public void start(ModuleContext context) {
    LogReaders readers = new LogReaders(this::bundleOf);
    LogLines lines =
        new LogLines(
            (line, origin) -> {
              publish(context, line);
              readers.add(line, origin);
            },
            System::nanoTime);
    Recording recording =
        new Recording(context, codec, logDirectory, sinks, lines, deviceRun, interactive);
    recording.begin();
    readers.tell(recording::noteLater);
    readers.offer(bundle);
    var _ = context.fork("lines", new SystemLog(bundle, framework, lines));
    run = new Run(context, recording, readers);
  }

  @Override
  public void stop() {
    Run ending = run;
    run = null;
    if (ending != null) {
      ending.readers.close();
      ending.recording.end();
    }
  }

  /// Of several, one.
  private @Nullable Bundle bundleOf(String symbolicName) {
    return Arrays.stream(bundle.getBundles())
        .filter(each -> symbolicName.equals(each.getSymbolicName()))
        .findFirst()
        .orElse(null);
  }

  /// A run that has ended publishes no more.
  private static void publish(ModuleContext context, LogLine line) {
    try {
      context.publish(line);
    } catch (RevokedException ended) {
      System.err.println(line.bundle() + " " + line.severity() + " " + line.message());
    }
  }

  /// Asks the recording something, on the module's thread, and waits for the answer.
  ///
  /// @throws IllegalStateException if the module does not run or does not answer
  <T> T ask(Function<Recording, T> question) throws InterruptedException {
    Run now = run;
    if (now == null) {
      throw new IllegalStateException("The logger is not running; start it: module:start logger");
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    now.context.execute(
        () -> answer.completeAsync(() -> question.apply(now.recording), Runnable::run));
    return await(
        answer, ANSWER_SECONDS, "The logger did not answer for %d s; see module:info logger");
  }

  /// Waits for what a recording has promised.
  ///
  /// @param late what to say if it does not come in time, with a place for the seconds
  /// @throws IllegalStateException if it does not come
  static <T extends @Nullable Object> T await(
      CompletableFuture<T> promised, long seconds, String late) throws InterruptedException {
    try {
      return promised.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(late.formatted(seconds), e);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException own
          ? own
          : new IllegalStateException(failed.getCause());
    }
  }
}
