package dev.sonde.supervisor.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.Descriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

/// The server with the real shell behind it.
class ExecServerTest {

  private static final Path NONE = Path.of("none");

  @TempDir Path home;

  // It diverts System.out when the first command runs; one of the test before may still do so.
  private final ThreadIOImpl threads = new ThreadIOImpl();
  private final CommandProcessorImpl processor = new CommandProcessorImpl(threads);
  private final PlainSessions sessions = new PlainSessions(processor);
  private final Commands commands = new Commands();
  private ExecServer server;

  /// What the shell can do here.
  public static final class Commands {
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    public void say(String words) {
      System.out.println(words);
    }

    public String give() {
      return "given";
    }

    public void much(int lines) {
      for (int i = 0; i < lines; i++) {
        System.out.println("line " + i + " of many");
      }
    }

    public void fail() {
      throw new IllegalArgumentException("no such thing: try another\nsecond line");
    }

    public void hang() {
      hanging.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
    }

    @Descriptor("does not heed interrupts")
    public void deaf() {
      hanging.countDown();
      while (release.getCount() > 0) {
        try {
          release.await();
        } catch (InterruptedException e) {
          interrupted.countDown();
        }
      }
    }
  }

  private record Reply(String out, String err, int code) {}

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(home.resolve("data"));
    processor.addCommand("test", commands);
    server = new ExecServer(sessions, context());
  }

  @AfterEach
  void stop() throws Exception {
    commands.release.countDown();
    server.close();
    sessions.close();
    processor.stop();
    threads.stop();
  }

  private BundleContext context() {
    return (BundleContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) ->
                method.getName().equals("getProperty") && arguments[0].equals("sonde.home")
                    ? home.toString()
                    : null);
  }

  private Path record() {
    return home.resolve("data/exec.socket");
  }

  private Path socket() throws IOException {
    return Path.of(Files.readString(record()).strip());
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket()));
  }

  private static void send(SocketChannel channel, String command) throws IOException {
    var request = new DataOutputStream(Channels.newOutputStream(channel));
    byte[] bytes = command.getBytes(UTF_8);
    request.writeInt(bytes.length);
    request.write(bytes);
  }

  private Reply exec(String command) throws IOException {
    try (SocketChannel channel = connect()) {
      send(channel, command);
      return receive(channel);
    }
  }

  private static Reply receive(SocketChannel channel) throws IOException {
    var frames = new DataInputStream(Channels.newInputStream(channel));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    while (true) {
      int kind = frames.readUnsignedByte();
      byte[] content = frames.readNBytes(frames.readInt());
      switch (kind) {
        case Frames.EXIT -> {
          return new Reply(out.toString(UTF_8), err.toString(UTF_8), content[3]);
        }
        case Frames.OUT -> out.writeBytes(content);
        default -> err.writeBytes(content);
      }
    }
  }

  @Test
  void shouldRunCommandsAndPassOnWhatTheyPrint() throws IOException {
    assertThat(exec("test:say 'grüße  ⣿'")).isEqualTo(new Reply("grüße  ⣿\n", "", 0));
    assertThat(exec("say short")).isEqualTo(new Reply("short\n", "", 0));
    assertThat(exec("give")).isEqualTo(new Reply("given\n", "", 0));
    assertThat(exec("")).isEqualTo(new Reply("", "", 0));
  }

  @Test
  void shouldSayInOneLineWhyACommandFailed() throws IOException {
    assertThat(exec("test:fail")).isEqualTo(new Reply("", "no such thing: try another\n", 1));
    assertThat(exec("test:none"))
        .isEqualTo(new Reply("", "unknown command 'test:none': help lists the commands\n", 1));
    assertThat(exec("test:say"))
        .isEqualTo(new Reply("", "test:say does not take these arguments: see help test:say\n", 1));
    assertThat(exec("test:say (").code()).isEqualTo(1);
  }

  @Test
  void shouldPassOnMuchOutput() throws IOException {
    assertThat(exec("much 20000").out().lines()).hasSize(20_000).endsWith("line 19999 of many");
  }

  @Test
  void shouldInterruptTheCommandWhenTheClientGoesAway() throws Exception {
    try (SocketChannel channel = connect()) {
      send(channel, "hang");
      assertThat(commands.hanging.await(20, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(commands.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldEndThoughACommandDoesNot() throws Exception {
    try (SocketChannel channel = connect()) {
      send(channel, "deaf");
      assertThat(commands.hanging.await(20, TimeUnit.SECONDS)).isTrue();

      server.close();

      assertThat(commands.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> receive(channel)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldRefuseMoreClientsThanItCanServe() throws Exception {
    var clients = new ArrayList<SocketChannel>();
    for (int i = 0; i < 16; i++) {
      clients.add(connect());
    }

    Reply refused;
    try (SocketChannel oneMore = connect()) {
      refused = receive(oneMore);
    }
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).isEqualTo("16 commands run already: end one of them first\n");

    for (SocketChannel client : clients) {
      send(client, "give");
      assertThat(receive(client).out()).isEqualTo("given\n");
      client.close();
    }
  }

  @Test
  void shouldHangUpOnWhatIsNoCommand() throws IOException {
    for (int length : List.of(-1, Integer.MAX_VALUE)) {
      try (SocketChannel channel = connect()) {
        new DataOutputStream(Channels.newOutputStream(channel)).writeInt(length);

        assertThatThrownBy(() -> receive(channel)).isInstanceOf(EOFException.class);
      }
    }
    assertThat(exec("give").out()).isEqualTo("given\n");
  }

  @Test
  void shouldLetOnlyItsUserIn() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
        .isEqualTo("rwx------");
  }

  private Path directory() throws IOException {
    Path directory = socket().getParent();
    return directory == null ? NONE : directory;
  }

  @Test
  void shouldLeaveNothingBehind() throws Exception {
    Path directory = directory();

    server.close();

    assertThat(directory).doesNotExist();
    assertThat(record()).doesNotExist();
  }

  @Test
  void shouldClearAwayWhatAKilledRunLeftBehind() throws Exception {
    Path former = directory();
    Path record = record();
    String written = Files.readString(record);
    server.close();
    Files.createDirectory(former);
    Files.createFile(former.resolve("exec"));
    Files.writeString(record, written);

    server = new ExecServer(new PlainSessions(processor), context());

    assertThat(former).doesNotExist();
    assertThat(exec("give").code()).isZero();
  }

  @Test
  void shouldDeleteNothingThatIsNotItsOwn() throws Exception {
    server.close();
    Path precious = Files.createDirectory(home.resolve("precious"));
    Files.createFile(precious.resolve("exec"));
    Files.writeString(record(), precious.resolve("exec").toString());

    server = new ExecServer(new PlainSessions(processor), context());

    assertThat(precious.resolve("exec")).exists();
    assertThat(exec("give").code()).isZero();
  }
}
