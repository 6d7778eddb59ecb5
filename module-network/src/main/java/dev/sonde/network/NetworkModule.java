package dev.sonde.network;

import dev.sonde.bus.Fork;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.TopicPattern;
import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.event.network.SendCommand;
import dev.sonde.event.network.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/// Hears the network: runs the capture that the configuration asks for, and another one when it
/// changes.
@Component(service = {SondeModule.class, NetworkModule.class})
public final class NetworkModule implements SondeModule {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private static final Duration LONGEST_SENDING = Duration.ofSeconds(4);

  private volatile @Nullable ModuleContext context;
  private @Nullable Capture capture;
  private @Nullable Fork fork;
  private @Nullable Inbox triggers;
  private Sender sender = new Sender(List.of(), 1, new PcapTransmitter(), System::nanoTime);

  /// The configuration of the capture that is to come, while the one before still ends.
  private @Nullable NetworkConfig wanted;

  /// Made by the component runtime.
  public NetworkModule() {}

  @Override
  public void start(ModuleContext moduleContext) {
    context = moduleContext;
    NetworkConfig config = moduleContext.config(NetworkConfig.class, this::configured);
    sender = sender(config);
    moduleContext.on(
        SendCommand.class, (command, at) -> moduleContext.reply(at, sender.send(command)));
    begin(moduleContext, config);
  }

  @Override
  public void stop() {
    context = null;
  }

  /// The figures of the present capture, or of the last one.
  ///
  /// @return completes on the module's thread; empty before the first capture
  CompletionStage<Optional<CaptureStatistics>> statistics() {
    ModuleContext running = context;
    if (running == null) {
      return CompletableFuture.failedStage(
          new IllegalStateException("The network module is not running"));
    }
    CompletableFuture<Optional<CaptureStatistics>> answer = new CompletableFuture<>();
    running.execute(() -> answer.complete(figures()));
    return answer;
  }

  private static Sender sender(NetworkConfig config) {
    return new Sender(
        config.sendOn(), config.sendPerSecond(), new PcapTransmitter(), System::nanoTime);
  }

  /// Sends a frame, as any other module asks for it.
  CompletionStage<SendResult> send(SendCommand command) {
    ModuleContext running = context;
    return running == null
        ? CompletableFuture.failedStage(
            new IllegalStateException("The network module is not running"))
        : running.ask(command, SendResult.class, LONGEST_SENDING);
  }

  /// Turns recording on or off. What is told is in the events of recordings.
  ///
  /// @return completes on the module's thread: false if there is no capture
  CompletionStage<Boolean> record(boolean on) {
    ModuleContext running = context;
    if (running == null) {
      return CompletableFuture.failedStage(
          new IllegalStateException("The network module is not running"));
    }
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    running.execute(() -> answer.complete(turn(on)));
    return answer;
  }

  private boolean turn(boolean on) {
    boolean captures = capture != null && fork != null && fork.isRunning();
    if (captures && capture != null) {
      capture.recording().turn(on);
    }
    return captures;
  }

  /// Hears the events around which is recorded.
  private void listen(ModuleContext running, NetworkConfig config) {
    if (triggers != null) {
      triggers.close();
      triggers = null;
    }
    config.record().around().ifPresent(topic -> triggers = triggers(running, topic));
  }

  private Inbox triggers(ModuleContext running, TopicPattern topic) {
    return running.on(
        Subscription.of("record").topics(topic.toString()).latest(), (event, at) -> trigger());
  }

  private void trigger() {
    if (capture != null) {
      capture.recording().trigger();
    }
  }

  private Optional<CaptureStatistics> figures() {
    return Optional.ofNullable(capture).map(Capture::statistics).map(Statistics::snapshot);
  }

  private void configured(NetworkConfig config) {
    ModuleContext running = context;
    if (running != null) {
      wanted = config;
      sender = sender(config);
      if (fork != null) {
        fork.cancel();
      }
      restart(running);
    }
  }

  /// Begins when the capture before has let go of its interface or file.
  private void restart(ModuleContext running) {
    NetworkConfig config = wanted;
    if (config != null && fork != null && fork.isRunning()) {
      running.after(BETWEEN_LOOKS, () -> restart(running));
    } else if (config != null) {
      wanted = null;
      begin(running, config);
    }
  }

  private void begin(ModuleContext running, NetworkConfig config) {
    Capture begun = new Capture(config, running, running::after, running.dataDirectory());
    capture = begun;
    listen(running, config);
    fork = running.fork("capture", begun);
  }
}
