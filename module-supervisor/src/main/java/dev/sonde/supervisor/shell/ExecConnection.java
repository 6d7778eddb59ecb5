package dev.sonde.supervisor.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Job;
import org.jspecify.annotations.Nullable;

/// One client and its one command. It runs on a thread of its own; a second one notices when the
/// client goes away, and interrupts the command.
final class ExecConnection implements Runnable {

  private static final int LONGEST_COMMAND = 64 * 1024;

  private final SocketChannel client;
  private final PlainSessions shell;
  private final Runnable ended;

  ExecConnection(SocketChannel client, PlainSessions shell, Runnable ended) {
    this.client = client;
    this.shell = shell;
    this.ended = ended;
  }

  @Override
  public void run() {
    try (client) {
      var request = new DataInputStream(Channels.newInputStream(client));
      int length = request.readInt();
      if (length >= 0 && length <= LONGEST_COMMAND) {
        String command = new String(request.readNBytes(length), UTF_8);
        answer(command, request, new Frames(Channels.newOutputStream(client)));
      }
    } catch (IOException e) {
      // The client is gone, so there is nobody to tell; the command was interrupted.
    } finally {
      ended.run();
    }
  }

  private void answer(String command, InputStream request, Frames reply) throws IOException {
    try (CommandSession session =
        shell.createSession(
            InputStream.nullInputStream(), reply.stream(Frames.OUT), reply.stream(Frames.ERR))) {
      session.put("SCOPE", ShellCommands.SCOPES);
      Thread.ofPlatform()
          .daemon()
          .name(Thread.currentThread().getName() + "-watch")
          .start(() -> interruptAtEnd(request, session));
      reply.exit(execute(session, command, reply) ? 0 : 1);
    }
  }

  private static boolean execute(CommandSession session, String command, Frames reply)
      throws IOException {
    try {
      print(session.execute(command), session, reply);
      return true;
    } catch (Exception e) {
      byte[] text = (e.getMessage() + "\n").getBytes(UTF_8);
      reply.send(Frames.ERR, text, 0, text.length);
      return false;
    }
  }

  private static void print(@Nullable Object result, CommandSession session, Frames reply)
      throws IOException {
    if (result != null) {
      byte[] text = (session.format(result, Converter.INSPECT) + "\n").getBytes(UTF_8);
      reply.send(Frames.OUT, text, 0, text.length);
    }
  }

  private static void interruptAtEnd(InputStream request, CommandSession session) {
    try {
      while (request.read() >= 0) {
        // A client sends nothing after its command.
      }
    } catch (IOException e) {
      // Gone, too.
    }
    Job job = session.foregroundJob();
    if (job != null) {
      job.interrupt();
    }
  }

  /// Hangs up, which interrupts the command.
  void close() {
    try {
      client.close();
    } catch (IOException e) {
      // The channel counts as closed even then.
    }
  }
}
