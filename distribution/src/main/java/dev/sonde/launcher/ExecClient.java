package dev.sonde.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Has one shell command run by the device that owns a home directory.
///
/// The address of its Unix domain socket stands in a file of the home. Sent: the length of the
/// command in bytes (32 bits, big-endian), the command in UTF-8. Received: frames of one byte for
/// the kind, 32 bits for the length, and the content; kind 1 is standard output, 2 standard error,
/// 0 the exit code (32 bits), which comes last. Closing the connection interrupts the command.
final class ExecClient {

  private static final int EXIT = 0;
  private static final int ERR = 2;

  /// As a shell has it for a command that was ended by Ctrl-C.
  private static final int INTERRUPTED = 130;

  private final Home home;
  private volatile @Nullable SocketChannel connection;

  ExecClient(Home home) {
    this.home = home;
  }

  /// Runs it and passes its output on as it comes.
  ///
  /// @return the exit code: 0, or 1 if the command failed
  int run(String command, PrintStream out, PrintStream err) throws LaunchException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      connection = channel;
      var request = new DataOutputStream(Channels.newOutputStream(channel));
      byte[] bytes = command.getBytes(UTF_8);
      request.writeInt(bytes.length);
      request.write(bytes);
      request.flush();
      return passOn(new DataInputStream(Channels.newInputStream(channel)), out, err);
    } catch (AsynchronousCloseException e) {
      return INTERRUPTED;
    } catch (EOFException e) {
      throw new LaunchException(ExitCode.FAILED, "Sonde ended before the command did.");
    } catch (IOException e) {
      throw new LaunchException(ExitCode.FAILED, notReached(e));
    }
  }

  /// Ends the command that runs, from another thread.
  void interrupt() {
    SocketChannel running = connection;
    if (running != null) {
      try {
        running.close();
      } catch (IOException e) {
        // It counts as closed even then.
      }
    }
  }

  private Path socket() throws IOException {
    return Path.of(Files.readString(home.socketRecord()).strip());
  }

  private static int passOn(DataInputStream reply, PrintStream out, PrintStream err)
      throws IOException {
    while (true) {
      int kind = reply.readUnsignedByte();
      byte[] content = reply.readNBytes(reply.readInt());
      if (kind == EXIT) {
        out.flush();
        return content.length == 0 ? ExitCode.FAILED.value : content[content.length - 1];
      }
      PrintStream stream = kind == ERR ? err : out;
      stream.write(content, 0, content.length);
      stream.flush();
    }
  }

  private String notReached(IOException e) {
    boolean denied = e.getMessage() != null && e.getMessage().contains("ermission denied");
    if (denied) {
      return "the Sonde that uses %s runs as another user: run this command as that user, or as root."
          .formatted(home.directory());
    }
    // Written by a run that was killed, or by none.
    boolean none = e instanceof ConnectException || e instanceof NoSuchFileException;
    String detail = none ? "" : " (" + e.getMessage() + ")";
    return "no Sonde runs on %s%s. Start one with 'sonde start' or 'sonde run', or name its home with --home DIR."
        .formatted(home.directory(), detail);
  }
}
