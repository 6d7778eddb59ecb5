package dev.sonde.network;

import org.pcap4j.packet.factory.PacketFactories;

/// Brings up pcap4j's packet factories where they find each other.
///
/// `PacketFactories` looks for its factories once, when it initialises, through the thread's
/// context class loader. In a framework that is some other bundle's, and every packet would be of
/// an unknown kind from then on, with no more than a line in the log.
final class Pcap4jFactories {

  private Pcap4jFactories() {}

  /// To be called before the first packet is dissected; later calls do nothing.
  static void initialise() {
    ClassLoader pcap4j = PacketFactories.class.getClassLoader();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(pcap4j);
    try {
      Class.forName(PacketFactories.class.getName(), true, pcap4j);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("pcap4j has lost its own class " + e.getMessage(), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
