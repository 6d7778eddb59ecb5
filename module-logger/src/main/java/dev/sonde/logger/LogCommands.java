package dev.sonde.logger;

import dev.sonde.bus.TopicPattern;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// `log:` in the shell.
@Component(
    service = LogCommands.class,
    property = {
      "osgi.command.scope=log",
      "osgi.command.function=tail",
      "osgi.command.function=stats",
      "osgi.command.function=sync"
    })
public final class LogCommands {

  private static final long SYNC_SECONDS = 30;

  private final LoggerModule logger;

  /// Made by the service registry.
  ///
  /// @param logger what the commands ask
  @Activate
  public LogCommands(@Reference LoggerModule logger) {
    this.logger = logger;
  }

  /// The last lines of everything.
  ///
  /// @param count how many
  /// @return the lines, oldest first
  /// @throws InterruptedException if the shell gave up
  @Descriptor("the last lines that were heard, oldest first")
  public String tail(
      @Descriptor("how many, up to 1,000")
          @Parameter(
              names = {"-n", "--count"},
              absentValue = "20")
          int count)
      throws InterruptedException {
    return tail(count, "*");
  }

  /// The last lines of some topics.
  ///
  /// @param count how many
  /// @param pattern `a/b`, `a/b/*` or `*`
  /// @return the lines, oldest first
  /// @throws InterruptedException if the shell gave up
  @Descriptor("the last lines that were heard on some topics, oldest first")
  public String tail(
      @Descriptor("how many, up to 1,000")
          @Parameter(
              names = {"-n", "--count"},
              absentValue = "20")
          int count,
      @Descriptor("topics: a/b for one, a/b/* for all below, * for all") String pattern)
      throws InterruptedException {
    TopicPattern topics = TopicPattern.of(pattern);
    List<String> lines =
        logger.ask(recording -> recording.tail(heard -> topics.matches(heard.topic()), count));
    return lines.isEmpty() ? "Nothing heard on " + pattern + " yet" : String.join("\n", lines);
  }

  /// What was written, shown and missed.
  ///
  /// @return a table
  /// @throws InterruptedException if the shell gave up
  @Descriptor("what the logger wrote, showed and missed")
  public String stats() throws InterruptedException {
    return logger.ask(Recording::statistics);
  }

  /// Waits until all that was published before is on the disk.
  ///
  /// @return how long that took
  /// @throws InterruptedException if the shell gave up
  @Descriptor("waits until all that was published before is on the disk")
  public String sync() throws InterruptedException {
    long begun = System.nanoTime();
    var _ =
        LoggerModule.await(
            logger.ask(Recording::sync),
            SYNC_SECONDS,
            "Not all is on the disk after %d s; see log:stats");
    return "on the disk after %.1f ms".formatted((System.nanoTime() - begun) / 1e6);
  }
}
