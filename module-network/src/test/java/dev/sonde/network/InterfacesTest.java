package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.network.Interfaces.NetworkInterface;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterfacesTest {

  private static final NetworkInterface LOOPBACK =
      new NetworkInterface(
          "lo", List.of("127.0.0.1"), "loopback", true, true, true, Optional.empty());
  private static final NetworkInterface ANY =
      new NetworkInterface("any", List.of(), "?", true, true, false, Optional.empty());
  private static final NetworkInterface DOWN =
      new NetworkInterface("eth1", List.of(), "ethernet", false, false, false, Optional.empty());
  private static final NetworkInterface NO_LINK =
      new NetworkInterface(
          "eth2", List.of("192.0.2.5"), "ethernet", true, false, false, Optional.empty());
  private static final NetworkInterface MONITOR =
      new NetworkInterface(
          "mon0", List.of(), "802.11 radiotap", true, true, false, Optional.empty());
  private static final NetworkInterface WIRED =
      new NetworkInterface(
          "eth0",
          List.of("192.0.2.7", "2001:db8::7"),
          "ethernet",
          true,
          true,
          false,
          Optional.empty());

  @Test
  void shouldChooseTheInterfaceThatHasALinkAndAnAddress() {
    assertThat(Interfaces.best(List.of(LOOPBACK, ANY, DOWN, NO_LINK, MONITOR, WIRED)))
        .contains(WIRED);
  }

  @Test
  void shouldChooseALinkWithoutAddressOverAnAddressWithoutLink() {
    assertThat(Interfaces.best(List.of(LOOPBACK, NO_LINK, MONITOR))).contains(MONITOR);
  }

  @Test
  void shouldChooseNoneThatIsDownLoopbackOrNotReal() {
    assertThat(Interfaces.best(List.of(LOOPBACK, ANY, DOWN))).isEmpty();
  }

  @Test
  void shouldShowInterfacesInColumns() {
    assertThat(Tables.interfaces(List.of(WIRED, DOWN)))
        .isEqualTo(
            """
            NAME               LINK TYPE       STATE    ADDRESSES
            eth0               ethernet        up       192.0.2.7
                                                        2001:db8::7
            eth1               ethernet        down     -""");
  }

  @Test
  void shouldNameLinkTypes() {
    assertThat(Arphrd.word("1")).isEqualTo("ethernet");
    assertThat(Arphrd.word("999")).isEqualTo("type 999");
    assertThat(Arphrd.of("any")).isEqualTo("cooked");
    assertThat(Arphrd.of("../../etc/passwd")).isEqualTo("?");
  }
}
