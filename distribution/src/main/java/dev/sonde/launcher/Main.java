package dev.sonde.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;

/// Reads the command line and does what it says.
public final class Main {

  private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);

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

  private int exec(Invocation.Exec exec) throws LaunchException {
    return new ExecClient(home(exec.home())).run(exec.command(), System.out, System.err);
  }

  private int run(Invocation.Run run) throws LaunchException, BundleException, IOException {
    Home home = home(run.home());
    home.prepare(distribution);
    return run(run, home, HomeLock.take(home));
  }

  private int run(Invocation.Run run, Home home, HomeLock lock)
      throws BundleException, IOException {
    boolean terminal = !run.headless() && Terminal.present();
    var console = new Console();
    console.install();
    System.out.println(Words.banner(home, terminal));
    Device device = Device.create(Settings.of(run, home, distribution, terminal));
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().name("sonde-stop").unstarted(() -> stop(device, lock, terminal)));
    var exit = new ExitRequest();
    device.offer(exit, console);
    device.start(distribution.resolve("system"), terminal, home.stopped());
    Thread.ofPlatform().daemon().name("sonde-end").start(() -> endWith(device, exit));
    return exit.await();
  }

  /// The way out for all: a bundle's wish, a framework that was stopped, a signal. The JVM ends
  /// when this returns, after SIGTERM with 143, after SIGINT with 130.
  private static void stop(Device device, HomeLock lock, boolean terminal) {
    try {
      device.stop(STOP_DEADLINE);
      System.out.print(terminal ? Words.END_OF_PROMPT : "");
      System.out.flush();
      lock.close();
    } catch (BundleException | IOException e) {
      System.err.println("sonde: could not stop in order: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void endWith(Device device, ExitRequest exit) {
    try {
      device.awaitEnd();
      exit.accept(ExitCode.OK.value);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
