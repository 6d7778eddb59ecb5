package dev.sonde.supervisor;

import java.util.HashMap;
import java.util.Map;

/// Gives modules their names: the last part of the symbolic name, without a leading `module-`; if
/// another bundle has that name, the whole symbolic name. A bundle keeps its name as long as the
/// device runs.
final class ModuleNames {

  private static final String PREFIX = "module-";

  private final Map<String, String> ownerOf = new HashMap<>();

  synchronized String nameOf(String symbolicName) {
    String shortName = shortNameOf(symbolicName);
    String owner = ownerOf.putIfAbsent(shortName, symbolicName);
    return owner == null || owner.equals(symbolicName) ? shortName : symbolicName;
  }

  private static String shortNameOf(String symbolicName) {
    String last = symbolicName.substring(symbolicName.lastIndexOf('.') + 1);
    return last.startsWith(PREFIX) && last.length() > PREFIX.length()
        ? last.substring(PREFIX.length())
        : last;
  }
}
