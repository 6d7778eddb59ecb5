package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/// The network module is swapped again and again while it captures, on the loopback interface: each
/// version hears what is sent, and nothing of a former one stays, in Java or in the kernel.
class LiveSwapTest {

  private static final int SWAPS = 10;

  /// After so many swaps all that is made once has been made.
  private static final int WARM = 3;

  private static final int DISCARD_PORT = 9;
  private static final long BETWEEN_PACKETS_NANOS = 1_000_000;

  @TempDir Path home;
  private final AtomicBoolean sending = new AtomicBoolean(true);
  private final List<WeakReference<ClassLoader>> versions = new ArrayList<>();
  private Thread sender;
  private TestDevice device;

  @BeforeEach
  void start() throws Exception {
    Prerequisites.requireRoot();
    Prerequisites.requireLibpcap();
    sender = Thread.ofPlatform().name("sender").start(this::send);
    device =
        TestDevice.start(
            home,
            Map.of(
                "sonde.config.network.source", "live:lo",
                "sonde.config.network.filter", "udp dst port " + DISCARD_PORT,
                "sonde.config.logger.console", ""));
  }

  @AfterEach
  void stop() throws Exception {
    sending.set(false);
    if (device != null) {
      device.close();
      sender.join();
    }
  }

  private void send() {
    try (DatagramSocket socket = new DatagramSocket()) {
      DatagramPacket packet =
          new DatagramPacket(new byte[8], 8, InetAddress.getLoopbackAddress(), DISCARD_PORT);
      while (sending.get()) {
        socket.send(packet);
        LockSupport.parkNanos(BETWEEN_PACKETS_NANOS);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldKeepNothingOfVersionsThatCaptured() throws Exception {
    Bundle network = device.bundle("dev.sonde.module-network");
    awaitPackets(1);
    Kept before = null;
    for (int swap = 1; swap <= SWAPS; swap++) {
      versions.add(new WeakReference<>(network.adapt(BundleWiring.class).getClassLoader()));
      TestDevice.updateInPlace(network);
      awaitPackets(swap + 1);
      if (swap == WARM) {
        awaitClassLoaders();
        before = Kept.now();
      }
    }
    awaitClassLoaders();
    Kept expected = before;
    TestDevice.await(
        "no more than " + expected + " but " + Kept.now(), () -> Kept.now().isWithin(expected));
  }

  /// Waits until a capture that began after all others has heard something.
  private void awaitPackets(int captures) throws Exception {
    TestDevice.await(
        "capture " + captures,
        () ->
            SondeProcess.events(home, "sonde/network/capture/STARTED").size() == captures
                && device.shell("network:stats --json").matches("(?s).*\"packets\":[1-9].*"));
  }

  private void awaitClassLoaders() throws Exception {
    TestDevice.await(
        "the end of the class loaders of all versions before",
        () -> {
          System.gc();
          return versions.stream().allMatch(version -> version.refersTo(null));
        });
  }

  /// What a version that has gone might leave behind.
  ///
  /// @param threads by name
  /// @param handles sockets and what libpcap is woken by
  /// @param buffers that the kernel shares with captures
  /// @param objects of the module and of pcap4j's handles
  private record Kept(List<String> threads, long handles, long buffers, long objects) {

    static Kept now() throws Exception {
      return new Kept(LiveObjects.threads(), openHandles(), sharedBuffers(), liveObjects());
    }

    private static long openHandles() throws IOException {
      try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
        return handles.map(Kept::target).filter(to -> to.matches("socket:.*|.*eventfd.*")).count();
      }
    }

    private static String target(Path handle) {
      try {
        return Files.readSymbolicLink(handle).toString();
      } catch (IOException closedMeanwhile) {
        return "";
      }
    }

    private static long sharedBuffers() throws IOException {
      try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
        return maps.filter(line -> line.contains("socket:")).count();
      }
    }

    private static long liveObjects() throws Exception {
      SortedMap<String, Long> counts = LiveObjects.count();
      counts
          .keySet()
          .retainAll(
              List.of(
                  "dev.sonde.network.NetworkModule",
                  "dev.sonde.network.Capture",
                  "dev.sonde.network.LinkWatch",
                  "org.pcap4j.core.PcapHandle"));
      assertThat(counts).containsEntry("dev.sonde.network.NetworkModule", 1L);
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    boolean isWithin(Kept before) {
      List<String> more = new ArrayList<>(threads);
      before.threads.forEach(more::remove);
      return more.isEmpty()
          && handles <= before.handles
          && buffers <= before.buffers
          && objects <= before.objects;
    }
  }
}
