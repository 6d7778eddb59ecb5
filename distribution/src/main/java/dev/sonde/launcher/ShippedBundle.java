package dev.sonde.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A bundle of the distribution.
///
/// @param jar the file, used in place
/// @param startLevel the number in its folder's name
record ShippedBundle(Path jar, int startLevel) {

  private static final Pattern FOLDER = Pattern.compile("(\\d{1,3})-([\\w-]+)");

  /// The folder with the shell for terminals, which stops the framework where there is none.
  private static final String TERMINAL_ONLY = "shell";

  /// Finds the bundles in `system/LEVEL-NAME/*.jar`, in the order of their start.
  ///
  /// @param system the folder
  /// @param terminal whether there is one
  static List<ShippedBundle> in(Path system, boolean terminal) throws IOException {
    var found = new ArrayList<ShippedBundle>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(system)) {
      for (Path folder : folders) {
        Matcher name = FOLDER.matcher(folder.getFileName().toString());
        if (name.matches() && (terminal || !name.group(2).equals(TERMINAL_ONLY))) {
          addJars(folder, Integer.parseInt(name.group(1)), found);
        }
      }
    }
    found.sort(
        Comparator.comparingInt(ShippedBundle::startLevel).thenComparing(ShippedBundle::jar));
    return found;
  }

  private static void addJars(Path folder, int level, List<ShippedBundle> found)
      throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      jars.forEach(jar -> found.add(new ShippedBundle(jar, level)));
    }
  }

  /// Where the framework reads it from, without a copy.
  String location() {
    return "reference:" + jar.toUri();
  }
}
