package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.OverflowModel.Parcel;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Overflow;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.spi.HostedModule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every policy at random capacities, step by step against [OverflowModel]: which events wait,
/// which went, what is counted and what is told.
class OverflowModelTest {

  private static final int ROUNDS = 30;
  private static final int STEPS = 25;
  private static final int MAX_CAPACITY = 2_000;

  @ParameterizedTest
  @EnumSource(Overflow.class)
  void shouldDoWhatTheModelDoes(Overflow policy) {
    for (long seed = 1; seed <= ROUNDS; seed++) {
      try (Device device = new Device()) {
        new Round(device, policy, new SplittableRandom(seed), policy + " with seed " + seed).run();
      }
    }
  }

  /// One subscription. Its handler stays with each event until it is let go, so that the test knows
  /// at each step what waits.
  private static final class Round {
    private final Device device;
    private final RandomGenerator random;
    private final String name;
    private final Subscription<Parcel> subscription;
    private final OverflowModel model;
    private final int keys;
    private final List<Long> seen = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore entered = new Semaphore(0);
    private final Semaphore mayReturn = new Semaphore(0);
    private final AtomicReference<Inbox> inbox = new AtomicReference<>();
    private HostedModule module;
    private boolean handling;
    private long number;

    Round(Device device, Overflow policy, RandomGenerator random, String name) {
      this.device = device;
      this.random = random;
      this.subscription = subscription(policy, random).onLagged(missed -> seen.add(-missed));
      this.name = name + ": " + subscription + ", " + subscription.capacityBytes() + " bytes";
      this.model = new OverflowModel(subscription);
      this.keys = 1 + random.nextInt(2 * subscription.capacity());
      this.module = device.module("held", this::start);
    }

    private static Subscription<Parcel> subscription(Overflow policy, RandomGenerator random) {
      // As many small capacities as large ones.
      int capacity = (int) Math.pow(MAX_CAPACITY, random.nextDouble());
      Subscription<Parcel> any = Subscription.to(Parcel.class).capacity(capacity);
      Subscription<Parcel> bounded =
          random.nextBoolean() ? any : any.capacityBytes(1 + random.nextInt(100 * capacity));
      return switch (policy) {
        case DROP_OLDEST -> bounded;
        case DROP_NEWEST -> bounded.dropNewest();
        case LATEST -> bounded.latest();
      };
    }

    private void start(ModuleContext context) {
      inbox.set(
          context.on(
              subscription,
              (parcel, at) -> {
                seen.add(parcel.number());
                entered.release();
                mayReturn.acquire();
              }));
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(8)) {
          case 0, 1, 2, 3 -> publish();
          case 4, 5, 6 -> deliver(1 + random.nextInt(subscription.capacity() + 2));
          default -> swap();
        }
        assertThat(inbox.get().counts()).as("%s, step %d", name, step).isEqualTo(model.counts());
      }
      end();
      assertThat(seen).as(name).isEqualTo(model.seen());
      assertThat(inbox.get().counts()).as(name).isEqualTo(model.counts());
    }

    private void publish() {
      int count = 1 + random.nextInt(subscription.capacity() * 3 / 2 + 2);
      for (int i = 0; i < count; i++) {
        Parcel parcel = parcel();
        model.publish(parcel);
        device.publish(parcel);
        awaitHandler();
      }
    }

    private Parcel parcel() {
      int bytes = random.nextInt(10) == 0 ? random.nextInt(400) : random.nextInt(100);
      return new Parcel(number++, "key " + random.nextInt(keys), bytes);
    }

    /// If the module was idle, it takes what waits first at once.
    private void awaitHandler() {
      if (!handling && !model.isEmpty()) {
        Awaiting.permit(entered);
        handling = true;
        model.deliver();
      }
    }

    private void deliver(int count) {
      for (int i = 0; i < count && handling; i++) {
        mayReturn.release();
        handling = false;
        awaitHandler();
      }
    }

    /// The module goes, events arrive meanwhile, and its next version goes on where it stopped.
    private void swap() {
      mayReturn.release(Integer.MAX_VALUE / 2);
      assertThat(module.stop(true, Device.DEADLINE)).isEqualTo(HostedModule.Stopped.CLEANLY);
      entered.drainPermits();
      mayReturn.drainPermits();
      model.deliverAll(inbox.get().counts().delivered());
      for (int i = random.nextInt(subscription.capacity() + 2); i > 0; i--) {
        Parcel parcel = parcel();
        model.publish(parcel);
        device.publish(parcel);
      }
      assertThat(inbox.get().counts()).as("%s while away", name).isEqualTo(model.counts());
      module = device.module("held", this::start);
      handling = false;
      awaitHandler();
    }

    /// What waited before the subscription was closed is still delivered, and nothing more.
    private void end() {
      publish();
      inbox.get().close();
      assertThat(inbox.get().isClosed()).as(name).isEqualTo(model.isEmpty());
      device.publish(parcel());
      mayReturn.release(Integer.MAX_VALUE / 2);
      model.deliverAll(Long.MAX_VALUE);
      device.awaitQuiet();
      assertThat(inbox.get().isClosed()).as(name).isTrue();
      device.publish(parcel());
    }
  }
}
