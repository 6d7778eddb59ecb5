package dev.sonde.network;

import dev.sonde.event.network.CaptureStatistics;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// Shell commands of the network module.
@Component(
    service = NetworkCommands.class,
    property = {
      "osgi.command.scope=network",
      "osgi.command.function=interfaces",
      "osgi.command.function=stats",
      "osgi.command.function=capture"
    })
public final class NetworkCommands {

  private static final long ANSWER_SECONDS = 5;

  private final NetworkModule module;

  /// Made by the component runtime.
  ///
  /// @param module whose commands these are
  @Activate
  public NetworkCommands(@Reference NetworkModule module) {
    this.module = module;
  }

  /// Lists interfaces.
  ///
  /// @return a table, or why there is none
  @Descriptor("lists the interfaces to capture on: name, link type, state, addresses")
  public String interfaces() {
    try {
      return Tables.interfaces(Interfaces.list());
    } catch (CaptureException e) {
      return e.problem() + ".\n" + e.remedy();
    }
  }

  /// Shows figures.
  ///
  /// @param json as JSON instead of a table
  /// @return the figures of the present or last capture
  /// @throws TimeoutException if the module does not answer
  /// @throws InterruptedException if the shell was interrupted
  @Descriptor("shows the figures of the present capture, or of the last one")
  public String stats(
      @Descriptor("one JSON object instead of a table")
          @Parameter(
              names = {"-j", "--json"},
              presentValue = "true",
              absentValue = "false")
          boolean json)
      throws TimeoutException, InterruptedException {
    Optional<CaptureStatistics> figures = figures();
    if (figures.isEmpty()) {
      return "Nothing was captured yet; bus:tap sonde/network/capture/* tells why.";
    }
    return json ? Tables.json(figures.get()) : Tables.statistics(figures.get());
  }

  /// Starts or stops recording.
  ///
  /// @param what `start` or `stop`
  /// @return what happens now
  /// @throws TimeoutException if the module does not answer
  /// @throws InterruptedException if the shell was interrupted
  @Descriptor("records the capture to pcapng files: start or stop")
  public String capture(@Descriptor("start or stop") String what)
      throws TimeoutException, InterruptedException {
    boolean start = what.equals("start");
    if (!start && !what.equals("stop")) {
      throw new IllegalArgumentException("There is no '" + what + "'; give start or stop");
    }
    if (!answer(module.record(start))) {
      throw new IllegalStateException(
          "Nothing is captured now; bus:tap sonde/network/capture/* tells why");
    }
    return start
        ? "Recording from the next packet on, to data/network/recordings/capture-*.pcapng."
        : "The recording ends with the next packet.";
  }

  private Optional<CaptureStatistics> figures() throws TimeoutException, InterruptedException {
    return answer(module.statistics());
  }

  private static <T> T answer(CompletionStage<T> asked)
      throws TimeoutException, InterruptedException {
    try {
      return asked.toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage()), e);
    }
  }
}
