package dev.sonde.supervisor;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/// Gives a bundle other content, and wires anew what is wired to it.
///
/// From its stop to its start nobody handles the events of its module. So all of that happens on
/// one thread. Those that are wired to it stop beside it, and start beside it as soon as they have
/// their wires: what they import is there then, whether or not it has started yet.
final class Replacement {

  private static final int DOWN = Bundle.INSTALLED | Bundle.RESOLVED;
  private static final int UP = Bundle.STARTING | Bundle.ACTIVE;
  private static final Duration WIRING_DEADLINE = Duration.ofSeconds(30);

  private final WiredBundles wires;
  private final Bundle bundle;
  private final Set<Bundle> affected;
  private final List<Bundle> users;
  private volatile List<Bounded> usersStarts = List.of();

  /// @param affected the bundle and all that are wired anew with it
  Replacement(WiredBundles wires, Bundle bundle, Set<Bundle> affected) {
    this.wires = wires;
    this.bundle = bundle;
    this.affected = affected;
    this.users = affected.stream().filter(other -> !other.equals(bundle) && isUp(other)).toList();
  }

  private static boolean isUp(Bundle bundle) {
    return (bundle.getState() & UP) != 0;
  }

  /// Does it.
  ///
  /// @param content what it holds from now on; null for what its location says
  /// @param start whether it is to run then
  /// @throws Exception if it fails or a deadline passes; its users run again if they can
  void run(@Nullable InputStream content, boolean start) throws Exception {
    List<Bounded> usersStops =
        users.stream().map(user -> Bounded.begin(List.of(stopOf(user)))).toList();
    List<Bounded.Step> steps = new ArrayList<>();
    steps.add(stopOf(bundle));
    steps.add(BundleOperations.updateOf(bundle, () -> update(content)));
    steps.add(new Bounded.Step("the wiring", WIRING_DEADLINE, () -> wireAnew(usersStops)));
    steps.add(BundleOperations.activationOf(bundle, () -> startAll(start)));
    try {
      Bounded.begin(steps).await();
    } catch (Exception e) {
      startUsersAfter(e, usersStops);
      throw e;
    }
    for (Bounded userStart : usersStarts) {
      userStart.await();
    }
  }

  private static Bounded.Step stopOf(Bundle bundle) {
    return BundleOperations.activationOf(
        bundle,
        () -> {
          if (isUp(bundle)) {
            bundle.stop(Bundle.STOP_TRANSIENT);
          }
        });
  }

  private void update(@Nullable InputStream content) throws BundleException {
    if (content == null) {
      bundle.update();
    } else {
      bundle.update(content);
    }
  }

  private void wireAnew(List<Bounded> usersStops) throws Exception {
    for (Bounded userStop : usersStops) {
      userStop.await();
    }
    if (WiredBundles.isFragment(bundle)) {
      wires.refresh(affected);
    } else if (wires.hasOldWires(bundle)) {
      wires.refresh(List.of(bundle));
    }
    if (!users.isEmpty()) {
      wires.resolve(affected);
    }
  }

  private void startAll(boolean start) throws BundleException {
    usersStarts = startUsers();
    if (start && !WiredBundles.isFragment(bundle)) {
      bundle.start(0);
    }
  }

  private List<Bounded> startUsers() {
    return users.stream()
        .filter(user -> (user.getState() & DOWN) != 0)
        .map(
            user ->
                Bounded.begin(
                    List.of(
                        BundleOperations.activationOf(
                            user, () -> user.start(Bundle.START_TRANSIENT)))))
        .toList();
  }

  private void startUsersAfter(Exception failure, List<Bounded> usersStops) {
    awaitAll(usersStops, failure);
    if (usersStarts.isEmpty()) {
      usersStarts = startUsers();
    }
    awaitAll(usersStarts, failure);
  }

  private static void awaitAll(List<Bounded> works, Exception failure) {
    for (Bounded work : works) {
      try {
        work.await();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }
}
