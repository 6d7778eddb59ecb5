package dev.sonde.bus;

import org.osgi.annotation.versioning.ConsumerType;

/// Something that blocks and produces: a capture, a serial port, a file. Runs beside its module on
/// a platform thread of its own ([ModuleContext#fork]).
///
/// It shares no mutable state with the module's handlers. It reaches them by what it publishes and
/// by [ModuleContext#execute], whose tasks run on the module's thread; it may also use the other
/// methods of the context that are for any thread, such as [ModuleContext#awaitRoom]. It does not
/// subscribe or read configuration: that is done in [SondeModule#start].
///
/// {@snippet class="dev.sonde.examples.ForkTest" region="source" :
/// @Topic("com/acme/radio/DATAGRAM")
/// record Datagram(Bytes data) implements Event {
///   @Override
///   public int payloadBytes() {
///     return data.length();
///   }
/// }
///
/// /// Receives datagrams until it is cancelled.
/// record Receiver(ModuleContext context, DatagramSocket socket) implements Source {
///   @Override
///   public void run() throws IOException {
///     DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
///     while (true) {
///       socket.receive(packet);
///       context.publish(new Datagram(Bytes.copyOf(packet.getData(), 0, packet.getLength())));
///       packet.setLength(1_500);
///     }
///   }
///
///   @Override
///   public void cancel() {
///     socket.close(); // an interrupt does not end receive(); this makes it throw
///   }
/// }
/// }
/// {@snippet class="dev.sonde.examples.ForkTest" region="fork" :
/// device.start(
///     "radio",
///     context -> {
///       context.on(Datagram.class, (datagram, at) -> heard.add(datagram.data().toHex()));
///       context.fork("receiver", new Receiver(context, socket));
///     });
/// sender.send(new DatagramPacket(new byte[] {7}, 1, socket.getLocalSocketAddress()));
/// assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("07");
///
/// assertThat(device.stop("radio")).isEqualTo(Stopped.CLEANLY);
/// assertThat(socket.isClosed()).isTrue();
/// }
@ConsumerType
public interface Source {

  /// Produces until there is no more or [#cancel] was called. Returning ends the fork; throwing
  /// ends it and is a fault of the module, unless it was cancelled before.
  ///
  /// @throws Exception if the source broke
  void run() throws Exception;

  /// Makes [#run] return or throw soon. Called on another thread, once, when the module stops or
  /// cancels the fork; possibly before `run` was entered. The bus also interrupts the fork's thread
  /// afterwards, which is not enough by itself where `run` sits in native code. A fork that does
  /// not end before the module's stop deadline makes the module an abandoned one.
  void cancel();
}
