package dev.sonde.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;

/// Reads the command line and does what it says.
public final class Main {

  private final Path distribution;
  private final CommandLine commandLine = new CommandLine(Path.of("").toAbsolutePath());

  private Main(Path distribution) {
    this.distribution = distribution;
  }

  /// Ends the process with the code that README.md lists.
  ///
  /// @param words command and options
  public static void main(String[] words) {
    var main = new Main(Path.of(System.getProperty("sonde.distribution", ".")).toAbsolutePath());
    System.exit(main.run(List.of(words)));
  }

  private int run(List<String> words) {
    try {
      return switch (commandLine.parse(words)) {
        case Invocation.Run run -> run(run);
        case Invocation.Start start -> background(start.run().home()).start(start.run());
        case Invocation.Stop stop -> background(stop.home()).stop();
        case Invocation.Status status -> new Status(home(status.home())).print();
        case Invocation.Console console -> new ShellClient(home(console.home())).run();
        case Invocation.Doctor doctor -> new Doctor(home(doctor.home())).print();
        case Invocation.Exec exec -> exec(exec);
        case Invocation.Help help -> print(Words.HELP);
        case Invocation.Version version -> print("sonde " + Words.version());
      };
    } catch (LaunchException e) {
      System.err.println("sonde: " + e.getMessage());
      return e.code().value;
    } catch (BundleException | IOException e) {
      System.err.println("sonde: could not start: " + e.getMessage());
      return ExitCode.FAILED.value;
    }
  }

  private static int print(String text) {
    System.out.println(text);
    return ExitCode.OK.value;
  }

  private Home home(@Nullable Path given) throws LaunchException {
    if (given != null) {
      return new Home(given);
    }
    Path userHome = Path.of(System.getProperty("user.home", "."));
    return new Home(commandLine.defaultHome(System.getenv("SONDE_HOME"), distribution, userHome));
  }

  private Background background(@Nullable Path given) throws LaunchException {
    return new Background(home(given), distribution);
  }

  private int exec(Invocation.Exec exec) throws LaunchException {
    return new ExecClient(home(exec.home())).run(exec.command(), System.out, System.err);
  }

  private int run(Invocation.Run run) throws LaunchException, BundleException, IOException {
    Home home = home(run.home());
    home.prepare(distribution);
    boolean terminal = !run.headless() && Terminal.present();
    return new DeviceRun(home, distribution, HomeLock.take(home), terminal).run(run);
  }
}
