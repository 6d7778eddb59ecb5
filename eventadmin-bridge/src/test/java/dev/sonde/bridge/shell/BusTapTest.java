package dev.sonde.bridge.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bridge.Bus;
import dev.sonde.bridge.codec.Codec;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.Test;

class BusTapTest {

  private final BusCommands commands =
      new BusCommands(new Bus(), new Codec(topic -> Optional.empty(), TreeMap::new));

  private final CommandSession session =
      (CommandSession)
          Proxy.newProxyInstance(
              BusTapTest.class.getClassLoader(),
              new Class<?>[] {CommandSession.class},
              (proxy, method, arguments) ->
                  method.getReturnType() == PrintStream.class ? System.out : null);

  @Test
  void shouldEndWithoutAnErrorOnCtrlC() {
    Thread.currentThread().interrupt();
    commands.tap(session, false, 0, "com/acme/*");
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void shouldNotTakeAnUnknownOptionForATopic() {
    assertThatThrownBy(() -> commands.tap(session, false, 1, "-x"))
        .hasMessage("bus:tap has no option -x; bus:tap --help shows those that it has");
  }

  @Test
  void shouldNotCountToLessThanNothing() {
    assertThatThrownBy(() -> commands.tap(session, false, -5, "com/acme/*"))
        .hasMessageContaining("--count -5");
  }
}
