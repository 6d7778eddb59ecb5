package dev.sonde.benchmarks.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// tcpdump, whose output goes to `/dev/null`.
final class TcpdumpListener implements Listener {

  private static final Pattern CAPTURED = Pattern.compile("(\\d+) packets? captured");

  /// More than the second for which libpcap may keep packets back for it.
  private static final int SETTLE_MILLIS = 1_500;

  private static final int KILOBYTES = 1_024;

  private final String name;
  private final List<String> command;
  private @Nullable Process process;
  private @Nullable BufferedReader said;

  TcpdumpListener(String name, int megabytes, String... output) {
    this.name = name;
    this.command = new ArrayList<>(List.of("tcpdump", "-i", LiveRun.HEARING, "-B"));
    command.add(String.valueOf(megabytes * KILOBYTES));
    command.addAll(List.of(output));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void begin() throws IOException {
    Process begun =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    process = begun;
    BufferedReader errors = begun.errorReader(StandardCharsets.UTF_8);
    said = errors;
    String line = errors.readLine();
    while (line != null && !line.contains("listening on")) {
      line = errors.readLine();
    }
    if (line == null) {
      throw new IllegalStateException(command + " does not listen");
    }
  }

  /// An interrupt makes it forget what it has not taken yet, so it gets time before.
  @Override
  public long end(long sent) throws IOException, InterruptedException {
    Process running = Objects.requireNonNull(process);
    Thread.sleep(SETTLE_MILLIS);
    Program.run(false, List.of("kill", "-INT", String.valueOf(running.pid())));
    String rest = Objects.requireNonNull(said).readAllAsString();
    running.waitFor();
    Matcher captured = CAPTURED.matcher(rest);
    return captured.find() ? Long.parseLong(captured.group(1)) : 0;
  }
}
