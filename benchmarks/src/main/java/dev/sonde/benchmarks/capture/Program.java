package dev.sonde.benchmarks.capture;

import dev.sonde.benchmarks.bus.BenchmarkFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program that runs to its end, and what it took.
///
/// @param output what it printed, unless that was thrown away
/// @param seconds from its start to its end
/// @param processorSeconds of all its threads, in steps of 10 ms
record Program(String output, double seconds, double processorSeconds) {

  private static final double TICKS_PER_SECOND = 100;

  /// Runs it.
  ///
  /// @param shown whether its output is read; else it goes to `/dev/null`
  /// @throws IllegalStateException if it fails
  static Program run(boolean shown, List<String> command) throws IOException, InterruptedException {
    Path complaints = Files.createTempFile("sonde-bench", ".err");
    try {
      double used = childrenSeconds();
      long begun = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(
                  shown ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.DISCARD)
              .redirectError(complaints.toFile())
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      double seconds = (System.nanoTime() - begun) / 1e9;
      if (code != 0) {
        throw new IllegalStateException(command + " failed: " + Files.readString(complaints));
      }
      return new Program(output, seconds, childrenSeconds() - used);
    } finally {
      Files.delete(complaints);
    }
  }

  /// A class of the benchmarks in a JVM of its own, with the options of the device.
  static List<String> java(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(BenchmarkFiles.deviceOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /// The processor time of children that have ended (`proc_pid_stat(5)`, fields 16 and 17).
  private static double childrenSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
  }
}
