package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.OverflowModel.Parcel;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.HostedModule.Stopped;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `matched = delivered + missed + waiting`, looked at all the time while several publish and
/// modules stand still, fail, close, are swapped and stop.
class AccountingTest {

  private static final int PUBLISHERS = 4;
  private static final int EACH = 50_000;
  private static final int MODULES = 4;

  private final Device device = new Device();
  private final List<Account> accounts = new CopyOnWriteArrayList<>();
  private final List<Running> running = new ArrayList<>();
  private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));

  @AfterEach
  void close() {
    gate.get().countDown();
    device.close();
  }

  /// A module and its subscriptions.
  private static final class Running {
    private final String name;
    private final List<Account> accounts;
    private HostedModule hosted;

    Running(String name, List<Account> accounts) {
      this.name = name;
      this.accounts = accounts;
    }

    void start(Device device) {
      hosted = device.module(name, this::open);
    }

    private void open(ModuleContext context) {
      accounts.forEach(account -> account.open(context));
    }
  }

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private void handle(Event event, Envelope at) throws Exception {
    if (at.sequence() % 101 == 0) {
      gate.get().await();
    }
    if (at.sequence() % 1_009 == 0) {
      throw new Refused();
    }
  }

  private Running start(String name, RandomGenerator random) {
    List<Account> its = new ArrayList<>();
    for (Class<? extends Event> type : List.of(Parcel.class, Parcel.class, Number.class)) {
      its.add(
          new Account(
              subscription(random, Subscription.to(type).named(name + "-" + its.size())),
              this::handle));
    }
    Running module = new Running(name, its);
    module.start(device);
    running.add(module);
    accounts.addAll(its);
    return module;
  }

  private static Subscription<? extends Event> subscription(
      RandomGenerator random, Subscription<? extends Event> any) {
    int capacity = (int) Math.pow(2_001, random.nextDouble());
    Subscription<? extends Event> bounded =
        any.capacity(capacity).capacityBytes(1 + random.nextInt(200 * capacity));
    return switch (random.nextInt(3)) {
      case 0 -> bounded;
      case 1 -> bounded.dropNewest();
      default -> bounded.latest();
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldAccountForEveryEvent(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = 0; i < MODULES; i++) {
      start("module-" + i, random);
    }
    List<Running> lasting = List.copyOf(running);
    try (Watch _ = new Watch(() -> accounts.forEach(Account::checkNow))) {
      CountDownLatch published = new CountDownLatch(PUBLISHERS);
      Together publishers =
          Together.start(
              PUBLISHERS,
              p -> {
                publish(new SplittableRandom(seed * 31 + p));
                published.countDown();
              });
      for (int visit = 0; published.getCount() > 0; visit++) {
        disturb(random, lasting, visit);
      }
      publishers.join();
      gate.get().countDown();
      device.awaitQuiet();
      // One more, so that whoever lost the last event before hears of it.
      device.publish(new Parcel(0, "last", 0));
      device.publish(new Number(0));
      device.awaitQuiet();
    }
    accounts.forEach(Account::checkQuiet);
    long matched = PUBLISHERS * EACH / 2 + 1;
    lasting.forEach(
        module -> module.accounts.forEach(account -> account.checkQuietAndTold(matched)));
  }

  private void publish(RandomGenerator random) {
    for (int i = 0; i < EACH; i++) {
      device.publish(
          i % 2 == 0
              ? new Parcel(i, "key " + random.nextInt(500), random.nextInt(300))
              : new Number(i));
    }
  }

  /// Does one thing to a module, or to all of them.
  private void disturb(RandomGenerator random, List<Running> lasting, int visit) {
    gate.getAndSet(new CountDownLatch(random.nextInt(3) == 0 ? 0 : 1)).countDown();
    switch (random.nextInt(4)) {
      case 0 -> swap(lasting.get(random.nextInt(MODULES)));
      case 1 -> {
        Running visitor = start("visitor-" + visit, random);
        visitor.accounts.getFirst().inbox().close();
        stop(visitor, false);
      }
      default -> {
        Account some = lasting.get(random.nextInt(MODULES)).accounts.getFirst();
        long seen = some.counts().matched();
        Awaiting.until(
            "more arrived",
            () -> some.counts().matched() > seen + 500 || some.counts().matched() >= EACH);
      }
    }
  }

  private void swap(Running module) {
    stop(module, true);
    module.start(device);
  }

  private void stop(Running module, boolean keepInboxes) {
    gate.get().countDown();
    assertThat(module.hosted.stop(keepInboxes, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY);
  }
}
