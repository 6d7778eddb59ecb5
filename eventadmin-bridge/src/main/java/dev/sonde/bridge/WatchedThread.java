package dev.sonde.bridge;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the watch has seen of one module. Used by the watch's thread only.
final class WatchedThread {

  /// Work that takes longer than this without a pause belongs into a fork; its module is named. On
  /// a busy device a start may take seconds.
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(WatchedThread.class);

  private final Watched watched;
  private long progress = -1;
  private long progressSeenClosely = -1;
  private long steps;
  private boolean wasAwake = true;
  private boolean still;
  private long heldSinceNanos;
  private int heldLooks;
  private boolean told;
  private long stillSinceNanos;
  private boolean overdue;

  WatchedThread(Watched watched) {
    this.watched = watched;
  }

  /// Looks where the module stands.
  void look(long nowNanos) {
    long now = watched.progress();
    boolean awake = isAwake();
    // What it did before it waited does not count.
    still = awake && wasAwake && now == progress;
    wasAwake = awake;
    if (!still) {
      stillSinceNanos = nowNanos;
    }
    steps = progress < 0 ? 0 : now - progress;
    progress = now;
    if (awake) {
      guard(watched::look);
    }
    lookForDelay(Duration.ofNanos(nowNanos - stillSinceNanos));
    if (still && isWaiting(watched.thread())) {
      watched.sitsOut();
    }
    if (!still || !isMounted(watched.thread())) {
      heldLooks = 0;
    } else if (++heldLooks == 1) {
      heldSinceNanos = nowNanos;
    }
    Duration held = Duration.ofNanos(nowNanos - heldSinceNanos);
    if (isHolding() && !told && held.compareTo(PATIENCE) >= 0) {
      told = true;
      tell(held);
    } else if (told && !still) {
      told = false;
      guard(() -> watched.goesOn(held));
    }
  }

  /// What a close look sees.
  enum Seen {
    ASLEEP,
    /// It is at something else than before.
    MOVING,
    /// It waits, for a carrier or anything else.
    WAITING,
    /// It is at the same as before, and on a carrier.
    HOLDING
  }

  /// Looks whether it has gone on since this was last called.
  Seen lookClosely() {
    long now = watched.progress();
    boolean moved = now != progressSeenClosely;
    progressSeenClosely = now;
    if (moved) {
      return Seen.MOVING;
    }
    if (!isAwake()) {
      return Seen.ASLEEP;
    }
    return isMounted(watched.thread()) ? Seen.HOLDING : Seen.WAITING;
  }

  /// How often something began or ended between the last two looks.
  long steps() {
    return steps;
  }

  private void lookForDelay(Duration stillFor) {
    boolean late = still && stillFor.compareTo(watched.patience()) >= 0;
    if (late == overdue) {
      return;
    }
    overdue = late;
    if (late) {
      String where = Faults.place(watched.thread().getStackTrace());
      guard(() -> watched.overdue(stillFor, where));
    } else {
      guard(watched::caughtUp);
    }
  }

  private void tell(Duration held) {
    String where = Faults.place(watched.thread().getStackTrace());
    guard(() -> watched.stuck(held, where));
  }

  /// The watch goes on, whatever comes of it.
  private void guard(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException e) {
      LOG.warn("How {} is could not be told", watched.name(), e);
    }
  }

  boolean isAwake() {
    return watched.isAwake();
  }

  /// Whether it has something to do, and nothing came of it since the last look: it may wait for
  /// something, compute, or have no carrier.
  boolean isStill() {
    return still;
  }

  /// Whether it sat on a carrier at the last looks and nothing came of it. A handler that merely
  /// blocks does not, nor one that wakes up now and then.
  boolean isHolding() {
    return heldLooks >= 2;
  }

  private static boolean isWaiting(Thread thread) {
    return switch (thread.getState()) {
      case BLOCKED, WAITING, TIMED_WAITING -> true;
      case NEW, RUNNABLE, TERMINATED -> false;
    };
  }

  /// Whether a virtual thread has a carrier, which is what stands behind the `@` in its text:
  /// without privileges, and for another thread, the JDK says it nowhere else. Should a later JDK
  /// word it otherwise, nobody is named, and [CarrierRelief] adds carriers one by one.
  static boolean isMounted(Thread thread) {
    String text = thread.toString();
    return text.indexOf('@', text.lastIndexOf(']') + 1) >= 0;
  }
}
