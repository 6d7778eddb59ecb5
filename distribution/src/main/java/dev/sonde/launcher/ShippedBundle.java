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
/// @param shell whether it belongs to the shell, which needs a terminal and stops the framework
///     where there is none
record ShippedBundle(Path jar, int startLevel, boolean shell) {

  private static final Pattern FOLDER = Pattern.compile("(\\d{1,3})-([\\w-]+)");

  private static final String SHELL = "shell";

  /// Finds the bundles in `system/LEVEL-NAME/*.jar`, in the order of their start.
  static List<ShippedBundle> in(Path system) throws IOException {
    var found = new ArrayList<ShippedBundle>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(system)) {
      for (Path folder : folders) {
        Matcher name = FOLDER.matcher(folder.getFileName().toString());
        if (name.matches()) {
          boolean shell = name.group(2).equals(SHELL);
          addJars(folder, Integer.parseInt(name.group(1)), shell, found);
        }
      }
    }
    found.sort(
        Comparator.comparingInt(ShippedBundle::startLevel).thenComparing(ShippedBundle::jar));
    return found;
  }

  private static void addJars(Path folder, int level, boolean shell, List<ShippedBundle> found)
      throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      jars.forEach(jar -> found.add(new ShippedBundle(jar, level, shell)));
    }
  }

  /// Where the framework reads it from, without a copy.
  String location() {
    return "reference:" + jar.toUri();
  }
}
