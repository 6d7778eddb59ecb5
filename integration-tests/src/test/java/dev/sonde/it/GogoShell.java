package dev.sonde.it;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/// Runs commands in the Gogo of a framework, which is not the one of these tests' class path.
final class GogoShell {

  /// Where commands are looked for that are given without a scope, as in the shell.
  private static final String SCOPES = "sonde:gogo:*";

  /// `Converter.INSPECT` of Gogo: in full.
  private static final int INSPECT = 0;

  private GogoShell() {}

  /// Runs a command, as the shell and `sonde exec` do.
  ///
  /// @param context of any bundle in that framework
  /// @return what it printed and returned
  static String run(BundleContext context, String command) throws Exception {
    ServiceReference<?> reference =
        context.getServiceReference("org.apache.felix.service.command.CommandProcessor");
    Object processor = context.getService(reference);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Class<?> type =
        processor
            .getClass()
            .getClassLoader()
            .loadClass("org.apache.felix.service.command.CommandProcessor");
    Object session =
        type.getMethod("createSession", InputStream.class, OutputStream.class, OutputStream.class)
            .invoke(processor, InputStream.nullInputStream(), out, out);
    Class<?> sessionType =
        processor
            .getClass()
            .getClassLoader()
            .loadClass("org.apache.felix.service.command.CommandSession");
    sessionType.getMethod("put", String.class, Object.class).invoke(session, "SCOPE", SCOPES);
    Method execute = sessionType.getMethod("execute", CharSequence.class);
    try {
      Object result = execute.invoke(session, command);
      if (result != null) {
        Method format = sessionType.getMethod("format", Object.class, int.class);
        out.print(format.invoke(session, result, INSPECT));
      }
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    } finally {
      sessionType.getMethod("close").invoke(session);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
