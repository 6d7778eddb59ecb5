package dev.sonde.bridge;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Adds a carrier of virtual threads for each one that is held for good, and takes it away again.
/// Used by one thread.
///
/// Nothing is added as long as virtual threads get to run. When they do not, there will be as many
/// more carriers as modules hold. Where that does not help, or nobody is found who holds one,
/// another is added every second: the holder may be a virtual thread that a module made by itself,
/// or modules that are flooded and never pause.
final class CarrierRelief {

  /// Carriers above those the scheduler had.
  static final int MOST = 64;

  /// Ticks without a carrier before one is added for which nobody can be named.
  static final int PATIENCE = 10;

  /// Ticks during which a carrier must be superfluous before it goes. A module that loops again and
  /// again keeps the one it got.
  static final int CALM = 10;

  private static final Logger LOG = LoggerFactory.getLogger(CarrierRelief.class);

  private final Supplier<Optional<Carriers>> source;
  private @Nullable Carriers carriers;
  private boolean asked;
  private int start;
  private int added;
  private int unnamed;
  private int starvedTicks;
  private int calmTicks;
  private boolean boundTold;

  /// @param source asked once, when carriers are needed first
  CarrierRelief(Supplier<Optional<Carriers>> source) {
    this.source = source;
  }

  /// Looks at the present state of things.
  ///
  /// @param held how many carriers modules hold for good
  /// @param starved whether a virtual thread has waited for a carrier since the last tick
  void tick(int held, boolean starved) {
    if (starved) {
      carriers().ifPresent(these -> relieve(these, held));
    } else {
      starvedTicks = 0;
      if (added > 0) {
        carriers().ifPresent(these -> settle(these, held));
      }
    }
  }

  private Optional<Carriers> carriers() {
    if (!asked) {
      asked = true;
      carriers = source.get().orElse(null);
    }
    return Optional.ofNullable(carriers);
  }

  private void relieve(Carriers these, int held) {
    calmTicks = 0;
    if (++starvedTicks >= PATIENCE) {
      starvedTicks = 0;
      unnamed = Math.min(unnamed + 1, MOST);
      LOG.info(
          "Virtual threads that never pause take all carriers, {} of them held by modules that are"
              + " stuck: one carrier is added",
          held);
    }
    if (held + unnamed > added) {
      raise(these, held + unnamed);
    }
    these.nudge();
  }

  private void raise(Carriers these, int wanted) {
    if (added == 0) {
      start = these.parallelism();
    }
    int more = Math.min(wanted, MOST) - added;
    these.parallelism(these.parallelism() + more);
    added += more;
    if (wanted > MOST && !boundTold) {
      boundTold = true;
      LOG.warn(
          "{} carriers were added for modules that hold theirs, and no more will be: other modules"
              + " may stand still. Remove the modules that were named before; those that ignore it"
              + " when they are stopped go only with a restart of the device",
          MOST);
    }
  }

  private void settle(Carriers these, int held) {
    boolean unused = unnamed > 0 && these.active() + 1 < these.parallelism();
    boolean superfluous = held + unnamed < added;
    calmTicks = unused || superfluous ? calmTicks + 1 : 0;
    if (calmTicks >= CALM) {
      calmTicks = 0;
      unnamed -= superfluous ? 0 : 1;
      lower(these, held + unnamed);
    }
  }

  private void lower(Carriers these, int wanted) {
    these.parallelism(Math.max(start, these.parallelism() - (added - wanted)));
    added = wanted;
  }

  /// Whether carriers were added that are to go again.
  boolean isActive() {
    return added > 0;
  }

  /// Takes away at once what was added.
  void end() {
    if (added > 0) {
      carriers().ifPresent(these -> lower(these, 0));
    }
    unnamed = 0;
  }
}
