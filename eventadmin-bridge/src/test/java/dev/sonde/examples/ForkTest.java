package dev.sonde.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.TrialDevice;
import dev.sonde.bus.Bytes;
import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Source;
import dev.sonde.bus.Topic;
import dev.sonde.bus.spi.HostedModule.Stopped;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What blocks runs beside the module.
class ForkTest {

  @AutoClose private final TrialDevice device = new TrialDevice();

  @Test
  void shouldReceiveUntilTheModuleStops() throws Exception {
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DatagramSocket sender = new DatagramSocket()) {
      // @start region="fork" :
      device.start(
          "radio",
          context -> {
            context.on(Datagram.class, (datagram, at) -> heard.add(datagram.data().toHex()));
            context.fork("receiver", new Receiver(context, socket));
          });
      sender.send(new DatagramPacket(new byte[] {7}, 1, socket.getLocalSocketAddress()));
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("07");

      assertThat(device.stop("radio")).isEqualTo(Stopped.CLEANLY);
      assertThat(socket.isClosed()).isTrue();
      // @end
    }
  }

  // @start region="source" :
  @Topic("com/acme/radio/DATAGRAM")
  record Datagram(Bytes data) implements Event {
    @Override
    public int payloadBytes() {
      return data.length();
    }
  }

  /// Receives datagrams until it is cancelled.
  record Receiver(ModuleContext context, DatagramSocket socket) implements Source {
    @Override
    public void run() throws IOException {
      DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
      while (true) {
        socket.receive(packet);
        context.publish(new Datagram(Bytes.copyOf(packet.getData(), 0, packet.getLength())));
        packet.setLength(1_500);
      }
    }

    @Override
    public void cancel() {
      socket.close(); // an interrupt does not end receive(); this makes it throw
    }
  }
  // @end
}
