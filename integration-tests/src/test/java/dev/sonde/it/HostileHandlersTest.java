package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/// Whatever plain handlers do, everybody else goes on, and what they missed is counted.
class HostileHandlersTest {

  private static final String VALVES = "com/acme/valve/*";
  private static final String OPENED = "com/acme/valve/OPENED";
  private static final int CAPACITY = 1_024;

  /// Fewer than the inbox of the module that hears them has room for.
  private static final int AT_ONCE = 500;

  @TempDir Path home;
  private TestDevice device;
  private Bundle hostile;
  private BiConsumer<String, String> listen;
  private Map<String, AtomicLong> calls;
  private CountDownLatch released;
  private Runnable postUnreadable;
  private Queue<Map<String, Object>> plain;
  private BiConsumer<String, Map<String, Object>> post;
  private Queue<String> probe;
  private Consumer<String> publish;

  @BeforeEach
  @SuppressWarnings("unchecked")
  void start() throws Exception {
    device =
        TestDevice.start(
            home,
            Map.of(
                "sonde.config.network.source",
                "sample",
                "sonde.config.bus.handlerInbox",
                Integer.toString(CAPACITY)));
    device.bundle("dev.sonde.module-network").stop();
    device.bundle("dev.sonde.module-logger").stop(); // Tens of thousands of lines help nobody.
    hostile = install("com.acme.hostile", "HostileBundle");
    install("dev.sonde.it.plain", "PlainBundle");
    install("dev.sonde.it.probe", "ProbeBundle");
    listen = device.service(BiConsumer.class, "hostile");
    calls = device.service(Map.class, "hostile");
    released = device.service(CountDownLatch.class, "hostile");
    postUnreadable = device.service(Runnable.class, "hostile");
    plain = device.service(Queue.class, "plain");
    post = device.service(BiConsumer.class, "plain");
    probe = device.service(Queue.class, "probe");
    publish = device.service(Consumer.class, "probe");
  }

  private Bundle install(String packageName, String activator) throws Exception {
    return device.install(
        packageName,
        TestBundles.of(
            packageName, "1.0.0", Map.of("Bundle-Activator", packageName + "." + activator)));
  }

  @AfterEach
  void stop() throws Exception {
    released.countDown();
    device.close();
  }

  /// Publishes typed events and sees to it that the module which hears them has heard all, each
  /// once and in order.
  private void publishAndHear(int events) throws Exception {
    for (int i = 1; i <= events; i++) {
      publish.accept("valve " + i);
      if (i % AT_ONCE == 0) {
        int so = i;
        TestDevice.await(
            "the module and the handler that does nothing wrong keep up",
            () -> probe.size() >= so && plain.size() >= so);
      }
    }
    TestDevice.await("the module has heard all", () -> probe.size() >= events);
    assertThat(List.copyOf(probe)).isEqualTo(valves(events));
  }

  /// One that is no longer among what the module has heard when this returns.
  private void publishFirst() throws Exception {
    publish.accept("valve 0");
    TestDevice.await("the module has heard it", () -> probe.poll() != null);
  }

  private static List<String> valves(int events) {
    return IntStream.rangeClosed(1, events)
        .mapToObj(
            i ->
                "probe ValveOpened[valve=valve " + i + ", litres=2.5, after=PT3S, by=Optional[OK]]")
        .toList();
  }

  private long calls(String kind) {
    return calls.get(kind).get();
  }

  /// The account of one that listens to a topic or pattern.
  private Account account(String topic) throws Exception {
    Map<String, Long> figures = device.account("com.acme.hostile#", '"' + topic + '"');
    Account account =
        new Account(
            figures.get("matched"),
            figures.get("delivered"),
            figures.get("waiting"),
            figures.get("missed"),
            figures.get("failed"));
    assertThat(account.matched())
        .as("%s", account)
        .isEqualTo(account.delivered() + account.waiting() + account.missed());
    return account;
  }

  private record Account(long matched, long delivered, long waiting, long missed, long failed) {}

  private Account awaitAccount(String topic, String what, Predicate<Account> condition)
      throws Exception {
    TestDevice.await(what, () -> condition.test(account(topic)));
    return account(topic);
  }

  @Test
  void shouldGoOnBesideOneThatNeverReturns() throws Exception {
    listen.accept("hangs", VALVES);
    int events = 2 * CAPACITY;
    publishFirst();
    TestDevice.await("it hangs", () -> calls("hangs") == 1);

    publishAndHear(events);

    assertThat(account(VALVES))
        .isEqualTo(new Account(events + 1, 1, CAPACITY, events - CAPACITY, 0));
    TestDevice.await("the other plain handler has heard all", () -> plain.size() == events + 1);
    // What plain bundles post on other topics still reaches the modules.
    post.accept("org/example/THING", Map.of("size", 3));
    TestDevice.await("the posted one", () -> probe.size() == events + 1);

    released.countDown();
    Account after = awaitAccount(VALVES, "it has heard the rest", side -> side.waiting() == 0);
    assertThat(after).isEqualTo(new Account(events + 1, 1 + CAPACITY, 0, events - CAPACITY, 0));
    assertThat(calls("hangs")).isEqualTo(1 + CAPACITY);
  }

  @Test
  void shouldEndBesideOneThatNeverReturns() throws Exception {
    listen.accept("hangs", VALVES);
    publish.accept("valve 1");
    TestDevice.await("it hangs", () -> calls("hangs") == 1);
    Bundle system = device.context().getBundle(0);
    device.close();
    assertThat(system.getState()).isEqualTo(Bundle.RESOLVED);
    assertThat(released.getCount()).as("still hanging").isEqualTo(1);
  }

  @Test
  void shouldGoOnBesideThoseThatThrow() throws Exception {
    listen.accept("throws", VALVES);
    listen.accept("errs", OPENED);
    int events = 300;
    publishAndHear(events);
    for (String topic : List.of(VALVES, OPENED)) {
      Account account = awaitAccount(topic, "the last call", all -> all.failed() == events);
      assertThat(account).isEqualTo(new Account(events, events, 0, 0, events));
    }
    assertThat(calls("throws")).isEqualTo(events);
    assertThat(calls("errs")).isEqualTo(events);
    TestDevice.await("the plain handler that does nothing wrong", () -> plain.size() == events);
  }

  @Test
  void shouldGoOnBesideOneThatIsSlow() throws Exception {
    listen.accept("slow", VALVES);
    int events = 2 * CAPACITY;
    publishAndHear(events);
    Account after = awaitAccount(VALVES, "all was heard or missed", all -> all.waiting() == 0);
    assertThat(after.matched()).isEqualTo(events);
    assertThat(after.missed()).isPositive();
    assertThat(calls("slow")).isEqualTo(after.delivered());
    TestDevice.await("the other plain handler has heard all", () -> plain.size() == events);
  }

  @Test
  void shouldNotLoopWhenTheyPassOnWhatTheyHear() throws Exception {
    for (String kind : List.of("repeats once", "passes on", "sends on")) {
      listen.accept(kind, OPENED);
    }
    int events = 1_000;
    for (int i = 1; i <= events; i++) {
      publish.accept("valve " + i);
      if (i % 100 == 0) {
        int heard = i * 5;
        TestDevice.await("the valves and what was made of them", () -> probe.size() >= heard);
      }
    }
    post.accept("org/example/END", Map.of());
    TestDevice.await("the last one", () -> heardOf("END") == 1);

    // Each goes round among plain handlers once more, and both are passed on and sent on to
    // modules.
    assertThat(calls("repeats once")).isEqualTo(2 * events);
    assertThat(heardOf("PASSED_ON")).isEqualTo(2 * events);
    assertThat(heardOf("SENT_ON")).isEqualTo(2 * events);
    assertThat(probe.stream().filter(heard -> heard.startsWith("probe ")).toList())
        .isEqualTo(valves(events));
    assertThat(probe).hasSize(5 * events + 1);
    assertThat(awaitAccount(OPENED, "the last call", all -> all.waiting() == 0))
        .isEqualTo(new Account(2 * events, 2 * events, 0, 0, 0));
  }

  private long heardOf(String lastToken) {
    return probe.stream().filter(heard -> heard.contains("topic=org/example/" + lastToken)).count();
  }

  @Test
  void shouldStayOutOfALoopThatOneMakesWithItself() throws Exception {
    listen.accept("repeats for ever", VALVES);
    publishFirst();
    TestDevice.await("it goes round", () -> calls("repeats for ever") > 1_000);
    publishAndHear(100);
    long before = calls("repeats for ever");
    TestDevice.await("it still goes round", () -> calls("repeats for ever") > before + 10_000);
    assertThat(probe).hasSize(100);
    assertThat(account(VALVES).failed()).isZero();
  }

  @Test
  void shouldPassOnWhatCanNotBeReadAsAPlainEvent() throws Exception {
    postUnreadable.run();
    TestDevice.await("it arrives", () -> !probe.isEmpty());
    assertThat(probe).containsExactly("hostile plain on com/acme/valve/OPENED");
  }
}
