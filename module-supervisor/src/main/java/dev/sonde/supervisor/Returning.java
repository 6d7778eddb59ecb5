package dev.sonde.supervisor;

import dev.sonde.bus.spi.ModuleHost;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The bundles that are updated or restarted and come back soon: what their modules do not handle
/// before they go waits for them.
final class Returning {

  private final ModuleHost host;
  private final Modules modules;

  /// By symbolic name, with how many are at it.
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  Returning(ModuleHost host, Modules modules) {
    this.host = host;
    this.modules = modules;
  }

  boolean contains(SupervisedModule module) {
    return counts.containsKey(module.symbolicName());
  }

  /// Runs an update of bundles.
  void during(Set<String> symbolicNames, Bounded.Work update) throws Exception {
    List<SupervisedModule> known =
        symbolicNames.stream().map(modules::of).filter(Objects::nonNull).toList();
    symbolicNames.forEach(name -> counts.merge(name, 1, Integer::sum));
    // While the old versions still run.
    known.forEach(module -> module.nextSupervision(Supervision.of(host, module.name())));
    try {
      update.run();
    } finally {
      known.forEach(module -> module.nextSupervision(null));
      symbolicNames.forEach(
          name -> counts.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1));
    }
  }
}
