package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Loads the classes anew, since pcap4j looks for its factories only once in a class loader.
class Pcap4jFactoriesTest {

  @Test
  void shouldFindFactoriesThatTheContextClassLoaderDoesNotKnow() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader bundle =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
      var initialise =
          bundle.loadClass(Pcap4jFactories.class.getName()).getDeclaredMethod("initialise");
      initialise.setAccessible(true);
      initialise.invoke(null);

      assertThat(thread.getContextClassLoader()).isEqualTo(ClassLoader.getPlatformClassLoader());
      assertThat(udpFactory(bundle)).contains(".statik.");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static String udpFactory(ClassLoader bundle) throws ReflectiveOperationException {
    return bundle
        .loadClass("org.pcap4j.packet.factory.PacketFactories")
        .getMethod("getFactory", Class.class, Class.class)
        .invoke(
            null,
            bundle.loadClass("org.pcap4j.packet.Packet"),
            bundle.loadClass("org.pcap4j.packet.namednumber.UdpPort"))
        .getClass()
        .getName();
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      String folder = entry.endsWith(".jar") ? entry : entry + "/";
      urls.add(URI.create("file:" + folder).toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
