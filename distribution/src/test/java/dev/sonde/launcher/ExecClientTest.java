package dev.sonde.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecClientTest {

  @TempDir Path directory;
  private ServerSocketChannel server;
  private Home home;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /// Plays the device.
  private interface Device {
    void answer(String command, DataOutputStream reply) throws IOException;
  }

  @BeforeEach
  void listen() throws IOException {
    home = new Home(directory);
    Files.createDirectories(home.socketRecord().getParent());
    Path socket = directory.resolve("socket");
    Files.writeString(home.socketRecord(), socket + "\n");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private CompletableFuture<Void> serve(Device device) {
    return CompletableFuture.runAsync(
        () -> {
          try (SocketChannel client = server.accept()) {
            var request = new DataInputStream(Channels.newInputStream(client));
            String command = new String(request.readNBytes(request.readInt()), UTF_8);
            device.answer(command, new DataOutputStream(Channels.newOutputStream(client)));
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private int exec(String command) throws LaunchException {
    return new ExecClient(home).run(command, new PrintStream(out), new PrintStream(err));
  }

  private static void frame(DataOutputStream reply, int kind, byte... content) throws IOException {
    reply.writeByte(kind);
    reply.writeInt(content.length);
    reply.write(content);
  }

  @Test
  void shouldPassOnOutputAndExitCode() throws Exception {
    var device =
        serve(
            (command, reply) -> {
              frame(reply, 1, ("you said " + command).getBytes(UTF_8));
              frame(reply, 2, "but".getBytes(UTF_8));
              frame(reply, 1);
              frame(reply, 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1);
            });

    assertThat(exec("grüße")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEqualTo("you said grüße");
    assertThat(err.toString(UTF_8)).isEqualTo("but");
    device.join();
  }

  @Test
  void shouldSayThatTheDeviceEndedFirst() {
    var device = serve((command, reply) -> frame(reply, 1, "half".getBytes(UTF_8)));

    assertThatThrownBy(() -> exec("bus:tap"))
        .isInstanceOfSatisfying(
            LaunchException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.FAILED))
        .hasMessageContaining("ended before the command did");
    assertThat(out.toString(UTF_8)).isEqualTo("half");
    device.join();
  }

  @Test
  void shouldSayThatNoneRuns() throws IOException {
    Files.delete(home.socketRecord());

    assertThatThrownBy(() -> exec("lb"))
        .hasMessageStartingWith("no Sonde runs on " + directory)
        .hasMessageContaining("sonde run")
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldSayThatNoneRunsWhenOneWasKilled() throws IOException {
    server.close();

    assertThatThrownBy(() -> exec("lb")).hasMessageStartingWith("no Sonde runs on " + directory);
  }
}
