package dev.sonde.supervisor;

import dev.sonde.bus.SondeModule;
import java.util.HashMap;
import java.util.Map;

/// Gives modules their names: the last part of the symbolic name, without a leading `module-`; if
/// another bundle has that name, the whole symbolic name. A bundle keeps its name as long as the
/// device runs.
final class ModuleNames {

  private final Map<String, String> ownerOf = new HashMap<>();

  synchronized String nameOf(String symbolicName) {
    String shortName = SondeModule.nameOf(symbolicName);
    String owner = ownerOf.putIfAbsent(shortName, symbolicName);
    return owner == null || owner.equals(symbolicName) ? shortName : symbolicName;
  }
}
