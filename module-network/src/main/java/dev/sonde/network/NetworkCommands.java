package dev.sonde.network;

import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.event.network.SendResult;
import dev.sonde.network.Interfaces.NetworkInterface;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
      "osgi.command.function=capture",
      "osgi.command.function=send",
      "osgi.command.function=source",
      "osgi.command.function=names"
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
      return Tables.interfaces(Interfaces.shown());
    } catch (CaptureException e) {
      return e.problem() + ".\n" + e.remedy();
    }
  }

  /// The interfaces' names, for completion.
  ///
  /// @return none where they can not be listed
  @Descriptor("the names of the interfaces, for completion")
  public List<String> names() {
    try {
      return Interfaces.shown().stream().map(NetworkInterface::name).toList();
    } catch (CaptureException e) {
      return List.of();
    }
  }

  /// Shows figures.
  ///
  /// @param json as JSON instead of a table
  /// @return the figures of the present or last capture
  /// @throws TimeoutException if the module does not answer
  /// @throws InterruptedException if the shell was interrupted
  @Descriptor("shows the figures of each present capture, or of the last ones")
  public String stats(
      @Descriptor("one JSON object a capture instead of a table")
          @Parameter(
              names = {"-j", "--json"},
              presentValue = "true",
              absentValue = "false")
          boolean json)
      throws TimeoutException, InterruptedException {
    List<CaptureStatistics> figures =
        answer(module.captures()).stream()
            .map(Capture::statistics)
            .flatMap(Stream::ofNullable)
            .map(Statistics::snapshot)
            .toList();
    if (figures.isEmpty()) {
      return "Nothing was captured yet; network:source tells why.";
    }
    return figures.stream()
        .map(each -> json ? Tables.json(each) : Tables.statistics(each))
        .collect(Collectors.joining(json ? "\n" : "\n\n"));
  }

  /// Shows or changes what is captured.
  ///
  /// @param source as in `conf/network.cfg`; none to show only
  /// @return the captures and how they are
  /// @throws TimeoutException if the module does not answer
  /// @throws InterruptedException if the shell was interrupted
  @Descriptor(
      "shows what is captured; or captures something else until the configuration changes:"
          + " source live:eth0,wlan0")
  public String source(
      @Descriptor("auto, live:IFACE[,IFACE], pcap:FILE or sample; none to show") String... source)
      throws TimeoutException, InterruptedException {
    if (source.length == 0) {
      return Tables.captures(answer(module.captures()));
    }
    // in the shell a space may stand behind the comma
    String wanted = String.join(" ", source);
    for (String each : SourceChoice.each(wanted)) {
      SourceChoice.require(each);
    }
    var _ = answer(module.capture(wanted));
    return "Capturing " + wanted + " from now on; network:source tells how it goes.";
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
      throw new IllegalStateException("Nothing is captured now; network:source tells why");
    }
    return start
        ? "Recording from the next packet on, to data/network/recordings/capture-*.pcapng."
        : "The recording ends with the next packet.";
  }

  /// Sends one frame.
  ///
  /// @param networkInterface on which
  /// @param what `arp`, `ping`, `wake` or `frame`
  /// @param to an IPv4 address, a MAC address, or bytes in hexadecimal
  /// @return that it was sent
  /// @throws TimeoutException if the module does not answer
  /// @throws InterruptedException if the shell was interrupted
  @Descriptor(
      "sends one frame on an interface that sendOn in conf/network.cfg names: an ARP request, an"
          + " echo request, Wake-on-LAN, or bytes as they are; send eth0 ping 192.0.2.1")
  public String send(
      @Descriptor("name of the interface") String networkInterface,
      @Descriptor("arp, ping, wake or frame") String what,
      @Descriptor("IPv4 address, MAC address, or frame in hexadecimal") String to)
      throws TimeoutException, InterruptedException {
    SendResult result = answer(module.send(SendWords.parse(networkInterface, what, to)));
    if (!result.sent()) {
      throw new IllegalStateException(result.problem());
    }
    return "Sent " + result.bytes() + " bytes on " + networkInterface + ".";
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
