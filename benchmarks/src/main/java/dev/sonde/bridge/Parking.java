package dev.sonde.bridge;

import java.util.function.BooleanSupplier;

/// A module's thread that comes to the point where it would park, and no further: nothing blocks,
/// and whether anybody has woken it can be seen afterwards.
final class Parking {

  /// It found work and goes on.
  static final int AWAKE = 1;

  /// It parked.
  static final int PARKED = 2;

  private static final class Asleep extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Asleep() {
      super(null, null, false, false);
    }
  }

  private Parking() {}

  /// One whose thread is parked.
  static Agenda parked(WakeChain chain) {
    Agenda agenda = new Agenda("stress", chain);
    var _ = await(agenda, () -> false);
    return agenda;
  }

  static int await(Agenda agenda, BooleanSupplier hasWork) {
    try {
      agenda.await(
          hasWork,
          () -> {
            throw new Asleep();
          });
      return AWAKE;
    } catch (Asleep asleep) {
      return PARKED;
    }
  }
}
