package dev.sonde.supervisor.shell;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the shell commands that other processes of the same user send through a Unix domain socket.
///
/// All on platform threads: the shell must answer when modules have used up the carriers of virtual
/// threads.
@Component(service = ExecServer.class, immediate = true)
public final class ExecServer {

  private static final Logger LOG = LoggerFactory.getLogger(ExecServer.class);
  private static final int MOST_CLIENTS = 16;
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final PlainSessions shell;
  private final Map<Thread, ExecConnection> connections = new ConcurrentHashMap<>();
  private final @Nullable RuntimeDirectory directory;
  private final @Nullable ServerSocketChannel server;

  /// Opens the socket. The device runs without it if that fails.
  ///
  /// @param shell runs the commands
  /// @param context knows the home directory
  @Activate
  public ExecServer(@Reference PlainSessions shell, BundleContext context) {
    this.shell = shell;
    RuntimeDirectory made = null;
    ServerSocketChannel opened = null;
    String home = context.getProperty("sonde.home");
    if (home != null) {
      try {
        made =
            RuntimeDirectory.create(RuntimeDirectory.base(), Path.of(home, "data", "exec.socket"));
        opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        opened.bind(UnixDomainSocketAddress.of(made.socket()));
        made.publish();
      } catch (IOException e) {
        LOG.warn("sonde exec will not reach this device: {}", e.toString());
      }
    }
    this.directory = made;
    this.server = opened;
    if (opened != null) {
      ServerSocketChannel listening = opened;
      Thread.ofPlatform().daemon().name("sonde-exec").start(() -> listen(listening));
    }
  }

  private void listen(ServerSocketChannel listening) {
    int number = 0;
    while (listening.isOpen()) {
      try {
        take(listening.accept(), ++number);
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("sonde exec: a client could not be taken in: {}", e.toString());
      }
    }
  }

  private void take(SocketChannel client, int number) throws IOException {
    if (connections.size() >= MOST_CLIENTS) {
      refuse(client);
      return;
    }
    var connection =
        new ExecConnection(client, shell, () -> connections.remove(Thread.currentThread()));
    Thread thread = Thread.ofPlatform().daemon().name("sonde-exec-" + number).unstarted(connection);
    connections.put(thread, connection);
    thread.start();
  }

  private static void refuse(SocketChannel client) throws IOException {
    try (client) {
      var reply = new Frames(java.nio.channels.Channels.newOutputStream(client));
      byte[] text =
          "%d commands run already: end one of them first\n"
              .formatted(MOST_CLIENTS)
              .getBytes(java.nio.charset.StandardCharsets.UTF_8);
      reply.send(Frames.ERR, text, 0, text.length);
      reply.exit(1);
    }
  }

  /// Takes no more clients. A command that just said that the device shall stop may still answer;
  /// what runs longer is interrupted.
  ///
  /// @throws IOException if the socket could not be removed
  /// @throws InterruptedException if the thread was interrupted
  @Deactivate
  public void close() throws IOException, InterruptedException {
    if (server != null) {
      server.close();
    }
    if (directory != null) {
      directory.delete();
    }
    await(LAST_WORDS);
    connections.values().forEach(ExecConnection::close);
    await(LAST_WORDS);
  }

  private void await(Duration together) throws InterruptedException {
    long end = System.nanoTime() + together.toNanos();
    for (Thread thread : connections.keySet()) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (left.isPositive() && !thread.join(left)) {
        return;
      }
    }
  }
}
