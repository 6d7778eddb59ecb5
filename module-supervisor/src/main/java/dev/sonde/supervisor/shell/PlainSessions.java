package dev.sonde.supervisor.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/// Makes the sessions of all shells of the device: of the interactive one, which finds it as a
/// service, and of `sonde exec`. So what goes wrong is said in the same words wherever it is typed.
///
/// Its rank is low, since Gogo's interactive shell takes the lowest of several.
@Component(
    service = {CommandProcessor.class, PlainSessions.class},
    property = {"service.ranking:Integer=-1", PlainSessions.MARK + "=true"})
public final class PlainSessions implements CommandProcessor {

  static final String MARK = "sonde.shell";

  private final CommandProcessorImpl gogo;
  private final Set<PlainSession> open = ConcurrentHashMap.newKeySet();

  /// Made by the component runtime.
  ///
  /// @param gogo knows the commands
  @Activate
  public PlainSessions(@Reference(target = "(!(" + MARK + "=true))") CommandProcessor gogo) {
    this.gogo = (CommandProcessorImpl) gogo;
  }

  /// Closes the sessions that are left.
  @Deactivate
  public void close() {
    open.forEach(PlainSession::close);
  }

  @Override
  public CommandSession createSession(InputStream in, OutputStream out, OutputStream err) {
    return opened(new PlainSession(gogo, in, out, err, open::remove));
  }

  @Override
  public CommandSession createSession(CommandSession parent) {
    return opened(new PlainSession(gogo, (PlainSession) parent, open::remove));
  }

  private PlainSession opened(PlainSession session) {
    open.add(session);
    return session;
  }
}
