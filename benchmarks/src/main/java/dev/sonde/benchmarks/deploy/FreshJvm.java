package dev.sonde.benchmarks.deploy;

import dev.sonde.benchmarks.bus.BenchmarkFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Runs a program of these benchmarks in a JVM with the options of the device.
final class FreshJvm {

  private FreshJvm() {}

  /// Called by a program first: where its results go. What frameworks print goes with their errors.
  static PrintStream results() {
    PrintStream results = System.out;
    System.setOut(System.err);
    return results;
  }

  /// @param program has a main method; its first argument is the contender, the second an empty
  ///     folder on the disk of the source tree, which is removed at the end
  /// @param arguments the further ones
  /// @return the lines that it printed
  static List<String> run(Class<?> program, String contender, Object... arguments)
      throws IOException {
    Path folder = Files.createTempDirectory(BenchmarkFiles.home().getParent(), "deploy");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(BenchmarkFiles.deviceOptions());
    for (String property : BenchmarkFiles.PROPERTIES) {
      command.add("-D" + property + "=" + System.getProperty(property));
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), program.getName(), contender));
    command.add(folder.toString());
    Stream.of(arguments).map(String::valueOf).forEach(command::add);
    Process process =
        new ProcessBuilder(command).redirectError(Redirect.appendTo(log().toFile())).start();
    try {
      byte[] printed = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(contender + " failed; " + log() + " says why");
      }
      return new String(printed, StandardCharsets.UTF_8).lines().toList();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
      delete(folder);
    }
  }

  /// Where contenders complain.
  private static Path log() {
    return BenchmarkFiles.home().resolveSibling("deploy.log");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
