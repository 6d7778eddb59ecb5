package dev.sonde.supervisor;

import dev.sonde.bus.spi.HostedModule;
import dev.sonde.event.module.ModuleState;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;

/// The first start of a bundle, which decides whether it may stay: its module gets no second
/// chance.
final class Probation implements AutoCloseable {

  /// A module becomes `FAILED` when its own start deadline has passed; none is longer.
  private static final Duration LONGEST = Duration.ofHours(2);

  private final String symbolicName;
  private final Set<String> present;
  private final Supplier<@Nullable SupervisedModule> module;
  private final @Nullable HostedModule before;

  /// @param present those on probation; it is one of them until it is closed
  /// @param module the bundle's module, if it has been seen
  Probation(String symbolicName, Set<String> present, Supplier<@Nullable SupervisedModule> module) {
    this.symbolicName = symbolicName;
    this.present = present;
    this.module = module;
    this.before = run(module.get());
    present.add(symbolicName);
  }

  private static @Nullable HostedModule run(@Nullable SupervisedModule module) {
    return module == null ? null : module.hosted();
  }

  /// Waits until its module runs, if one has begun to.
  ///
  /// @throws BundleException if it does not; the message says why
  void await() throws BundleException, InterruptedException {
    SupervisedModule decided = module.get();
    if (decided != null
        && !Objects.equals(run(decided), before)
        && decided.awaitDecision(LONGEST) == ModuleState.FAILED) {
      throw new BundleException(decided.status().reason(), BundleException.ACTIVATOR_ERROR);
    }
  }

  @Override
  public void close() {
    present.remove(symbolicName);
  }
}
