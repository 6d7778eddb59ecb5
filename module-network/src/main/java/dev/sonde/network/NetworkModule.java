package dev.sonde.network;

import dev.sonde.bus.Fork;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.TopicPattern;
import dev.sonde.event.network.SendCommand;
import dev.sonde.event.network.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/// Hears the network: runs the captures that the configuration asks for, and others when it
/// changes.
@Component(service = {SondeModule.class, NetworkModule.class})
public final class NetworkModule implements SondeModule {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Duration LONGEST_SENDING = Duration.ofSeconds(4);

  private volatile @Nullable ModuleContext context;
  private List<Capture> captures = List.of();
  private List<Fork> forks = List.of();
  private @Nullable Fork watch;
  private Sender sender = new Sender(List.of(), 1, new PcapTransmitter(), System::nanoTime);
  private @Nullable Inbox triggers;
  private @Nullable NetworkConfig config;

  /// Begins the captures that are to come, while those before still end.
  private @Nullable Runnable next;

  /// Made by the component runtime.
  public NetworkModule() {}

  @Override
  public void start(ModuleContext moduleContext) {
    context = moduleContext;
    NetworkConfig first = moduleContext.config(NetworkConfig.class, this::configured);
    config = first;
    sender = sender(first);
    moduleContext.on(
        SendCommand.class, (command, at) -> moduleContext.reply(at, sender.send(command)));
    begin(moduleContext, first, first.source());
  }

  @Override
  public void stop() {
    context = null;
  }

  /// The present captures, or the last ones.
  ///
  /// @return completes on the module's thread
  CompletionStage<List<Capture>> captures() {
    return onModuleThread(() -> captures);
  }

  /// Captures from another source until the configuration changes.
  ///
  /// @param source as the setting has it
  CompletionStage<Boolean> capture(String source) {
    return onModuleThread(() -> restart(source));
  }

  /// Turns recording on or off. What is told is in the events of recordings.
  ///
  /// @return completes on the module's thread: false if there is no capture
  CompletionStage<Boolean> record(boolean on) {
    return onModuleThread(() -> turn(on));
  }

  /// Sends a frame, as any other module asks for it.
  CompletionStage<SendResult> send(SendCommand command) {
    ModuleContext running = context;
    return running == null ? notRunning() : running.ask(command, SendResult.class, LONGEST_SENDING);
  }

  private <T> CompletionStage<T> onModuleThread(Supplier<T> question) {
    ModuleContext running = context;
    if (running == null) {
      return notRunning();
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    running.execute(() -> answer.complete(question.get()));
    return answer;
  }

  private static <T> CompletionStage<T> notRunning() {
    return CompletableFuture.failedStage(
        new IllegalStateException("The network module is not running; module:start network"));
  }

  private boolean turn(boolean on) {
    captures.forEach(capture -> capture.recording().turn(on));
    return isCapturing();
  }

  private boolean isCapturing() {
    return forks.stream().anyMatch(Fork::isRunning);
  }

  private static Sender sender(NetworkConfig config) {
    return new Sender(
        config.sendOn(), config.sendPerSecond(), new PcapTransmitter(), System::nanoTime);
  }

  private void configured(NetworkConfig changed) {
    config = changed;
    sender = sender(changed);
    var _ = restart(changed.source());
  }

  private boolean restart(String source) {
    ModuleContext running = context;
    NetworkConfig present = config;
    if (running == null || present == null) {
      return false;
    }
    boolean waits = next != null;
    next = () -> begin(running, present, source);
    forks.forEach(Fork::cancel);
    if (watch != null) {
      watch.cancel();
    }
    if (!waits) {
      beginWhenEnded(running);
    }
    return true;
  }

  /// Begins when the captures before have let go of their interfaces or file.
  private void beginWhenEnded(ModuleContext running) {
    Runnable begin = next;
    if (isCapturing() || (watch != null && watch.isRunning())) {
      running.after(BETWEEN_LOOKS, () -> beginWhenEnded(running));
    } else if (begin != null) {
      next = null;
      begin.run();
    }
  }

  private void begin(ModuleContext running, NetworkConfig present, String source) {
    List<String> sources = SourceChoice.each(source);
    Links links = new Links(SourceChoice.mayBeLive(source));
    List<Capture> begun =
        sources.stream()
            .map(
                each ->
                    new Capture(
                        each, present, running, running::after, running.dataDirectory(), links))
            .toList();
    captures = begun;
    listen(running, present);
    watch = links.areWatched() ? running.fork("links", new LinkWatch(links)) : null;
    forks = forks(running, begun);
  }

  private static List<Fork> forks(ModuleContext running, List<Capture> begun) {
    List<Fork> forks = new ArrayList<>();
    for (int i = 0; i < begun.size(); i++) {
      forks.add(running.fork(i == 0 ? "capture" : "capture-" + (i + 1), begun.get(i)));
    }
    return forks;
  }

  /// Hears the events around which is recorded.
  private void listen(ModuleContext running, NetworkConfig present) {
    if (triggers != null) {
      triggers.close();
      triggers = null;
    }
    present.record().around().ifPresent(topic -> triggers = trigger(running, topic));
  }

  private Inbox trigger(ModuleContext running, TopicPattern topic) {
    return running.on(
        Subscription.of("record").topics(topic.toString()).latest(),
        (event, at) -> captures.forEach(capture -> capture.recording().trigger()));
  }
}
