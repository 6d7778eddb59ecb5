package dev.sonde.bridge;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Has one carrier run all modules while that delivers more than several do. Used by one thread.
///
/// To hand events that take nanoseconds to a module on another core costs far more than to handle
/// them. So where modules are flooded and keep up, they get more done one after the other than side
/// by side. How much more depends on the machine and on the modules: it is tried, and what does not
/// pay is given up and tried less and less often. A carrier that is held, by whatever, ends it at
/// once.
final class Consolidation {

  /// Beginnings and ends of handlers in a second, below which there is nothing to gain.
  static final long LEAST_PER_SECOND = 2_000_000;

  /// Looks before it is tried, over which is measured what several carriers deliver.
  static final int LOOKS_BEFORE = 3;

  /// Looks over which is measured what one delivers; the first is not counted, for the others have
  /// yet to come to rest.
  static final int LOOKS_OF_TRIAL = 4;

  /// Looks until it is tried again, at first and at most.
  static final int SHORTEST_PAUSE = 10;

  static final int LONGEST_PAUSE = 3_000;

  /// After so many looks it has proven itself, and the next pause is the shortest again.
  private static final int PROVEN = 20;

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Supplier<Optional<Carriers>> source;
  private @Nullable Carriers carriers;
  private boolean unavailable;
  private volatile boolean on;
  private int former;
  private int looks;
  private double perSecond;
  private double formerPerSecond;
  private int pause;
  private int nextPause = SHORTEST_PAUSE;
  private volatile boolean allowed = true;

  /// @param source asked once, when it is to be tried first
  Consolidation(Supplier<Optional<Carriers>> source) {
    this.source = source;
  }

  /// Whether it may be tried, as the operator wishes. May be called by any thread.
  void allow(boolean mayBeTried) {
    allowed = mayBeTried;
  }

  /// Whether one carrier runs all modules. Then somebody should [look closely][#heldUp].
  boolean isOn() {
    return on;
  }

  /// Looks at what was done since the last look.
  ///
  /// @param steps how often a handler began or ended
  /// @param nanos in how long
  /// @param calm whether no module holds a carrier, nor waits for one
  void tick(long steps, long nanos, boolean calm) {
    double now = steps * SECOND / nanos;
    if (!allowed) {
      end();
    } else if (on) {
      goOn(now);
    } else if (pause > 0) {
      pause--;
    } else if (unavailable || !calm || now < LEAST_PER_SECOND) {
      restart();
    } else {
      count(now);
      if (looks == LOOKS_BEFORE) {
        begin();
      }
    }
  }

  private void restart() {
    looks = 0;
    perSecond = 0;
  }

  /// Averages.
  private void count(double now) {
    looks++;
    perSecond += (now - perSecond) / looks;
  }

  private void begin() {
    Carriers these = carriers();
    if (these == null || these.parallelism() < 2) {
      restart();
      return;
    }
    former = these.parallelism();
    formerPerSecond = perSecond;
    these.parallelism(1);
    on = true;
    // The first look is that of the change.
    looks = -1;
    perSecond = 0;
  }

  private @Nullable Carriers carriers() {
    if (carriers == null && !unavailable) {
      carriers = source.get().orElse(null);
      unavailable = carriers == null;
    }
    return carriers;
  }

  private void goOn(double now) {
    if (looks < 0) {
      looks = 0;
      return;
    }
    count(now);
    if (looks == PROVEN) {
      nextPause = SHORTEST_PAUSE;
    }
    if (now < LEAST_PER_SECOND) {
      // What there is to do became less.
      end();
    } else if (looks % LOOKS_OF_TRIAL == 0) {
      judge();
    }
  }

  private void judge() {
    if (perSecond < formerPerSecond) {
      giveUp();
    }
  }

  /// A module holds the carrier, or none gets one: the others come back at once.
  void heldUp() {
    giveUp();
    if (carriers != null) {
      carriers.nudge();
    }
  }

  private void giveUp() {
    if (on) {
      pause = nextPause;
      nextPause = Math.min(2 * nextPause, LONGEST_PAUSE);
    }
    end();
  }

  /// Gives back what there was, unless somebody else has changed it meanwhile.
  void end() {
    if (on && carriers != null && carriers.parallelism() == 1) {
      carriers.parallelism(former);
    }
    on = false;
    restart();
  }
}
