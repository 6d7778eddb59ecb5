package dev.sonde.supervisor.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.CommandSessionImpl;

/// A session of the shell whose errors are one sentence each, and that leaves `*` to the commands:
/// a topic such as `com/acme/*` is no name of files.
final class PlainSession extends CommandSessionImpl {

  private final Consumer<PlainSession> closed;

  /// @param closed told when it was closed
  PlainSession(
      CommandProcessorImpl gogo,
      InputStream in,
      OutputStream out,
      OutputStream err,
      Consumer<PlainSession> closed) {
    super(gogo, in, out, err);
    this.closed = closed;
    var _ = put(OPTION_NO_GLOB, true);
  }

  /// One within another.
  PlainSession(CommandProcessorImpl gogo, PlainSession parent, Consumer<PlainSession> closed) {
    super(gogo, parent);
    this.closed = closed;
    var _ = put(OPTION_NO_GLOB, true);
  }

  @Override
  public Object execute(CharSequence command) throws Exception {
    try {
      return super.execute(command);
    } catch (Exception e) {
      throw new CommandFailure(Failure.describe(e, command.toString()), e);
    }
  }

  @Override
  public void close() {
    super.close();
    closed.accept(this);
  }
}
