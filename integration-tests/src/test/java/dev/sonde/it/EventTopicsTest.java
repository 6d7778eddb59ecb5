package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;

/// OSGi Event Admin 1.4: which handlers an event reaches, by its topic and by filters (§113.3.1,
/// §113.4).
class EventTopicsTest {

  private static final String END = "com/acme/END";

  @TempDir static Path home;
  private static TestDevice device;
  private Neighbour neighbour;

  @BeforeAll
  static void start() throws Exception {
    device = EventAdminFramework.start(home, Map.of(), EventAdminFramework.BRIDGE);
  }

  @AfterAll
  static void stop() throws Exception {
    device.close();
  }

  @BeforeEach
  void install() throws Exception {
    neighbour = Neighbour.in(device);
  }

  @AfterEach
  void uninstall() throws Exception {
    neighbour.uninstall();
  }

  /// Posts events on some topics, and one that ends a test after them.
  private void post(String... topics) {
    for (String topic : topics) {
      neighbour.post(topic, Map.of());
    }
    neighbour.post(END, Map.of());
  }

  /// Without what the bus says of itself, such as that a handler was held up.
  private static List<String> topics(Heard handler) {
    List<String> topics = new ArrayList<>(handler.topics());
    topics.removeIf(topic -> topic.startsWith("sonde/"));
    return topics;
  }

  private static List<String> before(Heard handler) throws Exception {
    handler.awaitTopic(END);
    List<String> topics = topics(handler);
    assertThat(topics.removeLast()).isEqualTo(END);
    return topics;
  }

  @Test
  void shouldReachHandlersOfExactlyItsTopic() throws Exception {
    Heard handler = neighbour.hear(new String[] {"com/acme/a", END});
    post("com/acme/a", "com/acme/a/b", "com/acme", "com/acme/A", "com/acme/ab", "a", "com/acme/a");
    assertThat(before(handler)).containsExactly("com/acme/a", "com/acme/a");
  }

  @Test
  void shouldReachHandlersOfAPrefixButNotWithThePrefixItself() throws Exception {
    Heard handler = neighbour.hear(new String[] {"com/acme/a/*", END});
    post("com/acme/a/b", "com/acme/a", "com/acme/a/b/c", "com/acme/ab", "com/acme/A/b", "com");
    assertThat(before(handler)).containsExactly("com/acme/a/b", "com/acme/a/b/c");
  }

  @Test
  void shouldReachHandlersOfAllTopics() throws Exception {
    Heard handler = neighbour.hear("*");
    post("a", "a/b", "Z9_-/x-_0/A");
    assertThat(before(handler)).containsExactly("a", "a/b", "Z9_-/x-_0/A");
  }

  static List<Arguments> topicsInEveryForm() {
    return Stream.of(
            new String[] {"com/acme/a", "com/acme/b/*", END},
            List.of("com/acme/a", "com/acme/b/*", END),
            Set.of("com/acme/a", "com/acme/b/*", END),
            new Object[] {"com/acme/a", "com/acme/b/*", END})
        .map(value -> Arguments.of(value))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("topicsInEveryForm")
  void shouldReachHandlersOfSeveralTopics(Object topics) throws Exception {
    Heard handler = neighbour.hear(topics);
    post("com/acme/a", "com/acme/b", "com/acme/b/c", "com/acme/c");
    assertThat(before(handler)).containsExactly("com/acme/a", "com/acme/b/c");
  }

  @Test
  void shouldReachAHandlerOnceByHoweverManyOfItsTopics() throws Exception {
    Heard handler = neighbour.hear(new String[] {"*", "com/*", "com/acme/*", "com/acme/a", "*"});
    post("com/acme/a", "com/acme/a");
    assertThat(before(handler)).containsExactly("com/acme/a", "com/acme/a");
    neighbour.send("com/acme/b", Map.of());
    assertThat(topics(handler)).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "/a", "a/", "a//b", "a/*/b", "*/a", "a*", "**", "a/**", "a/b*", "/*", "a b", "a.b",
        "ä", "a/b ", "a\u0000"
      })
  void shouldTellOfIllegalTopicsAndIgnoreThem(String illegal) throws Exception {
    try (Logged logged = Logged.begin()) {
      Heard only = neighbour.hear(illegal);
      Heard handler = neighbour.hear(new String[] {illegal, "com/acme/legal", END});
      assertThat(logged.lines("WARN", only.name())).isPositive();
      assertThat(logged.lines("WARN", handler.name(), "'" + illegal + "'")).isPositive();

      post("a", "a/b", "b", "com/acme/legal");

      assertThat(before(handler)).containsExactly("com/acme/legal");
      assertThat(only.events()).isEmpty();
    }
  }

  static List<Map<String, Object>> propertiesWithoutTopics() {
    List<Map<String, Object>> all = new ArrayList<>();
    all.add(Map.of());
    all.add(Map.of(EventConstants.EVENT_FILTER, "(n=1)"));
    for (Object none : List.of(new String[0], List.of(), 17, new Object[] {17}, List.of(17))) {
      all.add(Map.of(EventConstants.EVENT_TOPIC, none));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("propertiesWithoutTopics")
  void shouldReachNoHandlerWithoutTopics(Map<String, Object> properties) throws Exception {
    try (Logged logged = Logged.begin()) {
      Heard without = neighbour.hear(properties);
      assertThat(logged.lines("WARN", without.name())).isPositive();
      Heard handler = neighbour.hear("*");
      neighbour.send("com/acme/a", Map.of("n", 1));
      post("com/acme/a");
      assertThat(before(handler)).containsOnly("com/acme/a");
      assertThat(without.events()).isEmpty();
    }
  }

  private Heard filtered(String filter) {
    return neighbour.hear(
        Neighbour.wanting(new String[] {"com/acme/*"}, EventConstants.EVENT_FILTER, filter));
  }

  /// Filters and the numbers of the events that pass them.
  static List<Map.Entry<String, List<Object>>> filters() {
    return List.of(
        Map.entry("(n=2)", List.of(2)),
        Map.entry("(n>=2)", List.of(2, 3, 4)),
        Map.entry("(&(n>=2)(!(n=3)))", List.of(2, 4)),
        Map.entry("(|(n=1)(name=gate*))", List.of(1, 3)),
        Map.entry("(Name=*)", List.of(4)),
        Map.entry("(name=*)", List.of(3)),
        Map.entry("(name~=GATE one)", List.of(3)),
        Map.entry("(list=b)", List.of(2)),
        Map.entry("(array<=3)", List.of(1)),
        Map.entry("(event.topics=com/acme/b)", List.of(2)),
        Map.entry("(event.topics=*/a)", List.of(1, 3)),
        Map.entry("(EVENT.TOPICS=*)", List.of()),
        Map.entry("(absent=*)", List.of()));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void shouldReachHandlersWhoseFilterItPasses(Map.Entry<String, List<Object>> expected)
      throws Exception {
    Heard handler = filtered("(|" + expected.getKey() + "(event.topics=" + END + "))");
    neighbour.post("com/acme/a", Map.of("n", 1, "array", new int[] {9, 3}));
    neighbour.post("com/acme/b", Map.of("n", 2, "list", List.of("a", "b")));
    neighbour.post("com/acme/a", Map.of("n", 3, "name", "gate one"));
    neighbour.post("com/acme/c", Map.of("n", 4, "Name", "gate"));
    post();
    handler.awaitTopic(END);
    assertThat(handler.values("n")).isEqualTo(expected.getValue());

    Heard sent = filtered(expected.getKey());
    neighbour.send("com/acme/a", Map.of("n", 3, "name", "gate one"));
    assertThat(sent.size()).isEqualTo(expected.getValue().contains(3) ? 1 : 0);
  }

  static List<Arguments> illegalFilters() {
    return Stream.of("(n=1", "n=1", "", "(&)", 17, new String[] {"(n=1)"})
        .map(value -> Arguments.of(value))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("illegalFilters")
  void shouldTellOfIllegalFiltersAndIgnoreTheirHandlers(Object filter) throws Exception {
    try (Logged logged = Logged.begin()) {
      Heard ignored = neighbour.hear(Neighbour.wanting("*", EventConstants.EVENT_FILTER, filter));
      assertThat(logged.lines("WARN", ignored.name(), "event.filter")).isEqualTo(1);
      Heard handler = neighbour.hear("*");
      neighbour.post("com/acme/a", Map.of("n", 1));
      neighbour.send("com/acme/a", Map.of("n", 1));
      post();
      handler.awaitTopic(END);
      assertThat(topics(handler)).hasSize(3);
      assertThat(ignored.events()).isEmpty();
    }
  }

  /// A value that no filter can be asked about.
  public static final class Hostile implements Comparable<Hostile> {
    @Override
    public int compareTo(Hostile other) {
      throw new IllegalStateException("compares to nothing");
    }

    @Override
    public boolean equals(Object other) {
      throw new StackOverflowError("is like nothing");
    }

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public String toString() {
      throw new IllegalStateException("says nothing");
    }

    /// Filters make values of texts with this.
    public static Hostile valueOf(String text) {
      throw new LinkageError(text);
    }
  }

  @Test
  void shouldReachTheOthersWhenAFilterCanNotBeAsked() throws Exception {
    Heard asks = filtered("(n=1)");
    Heard ranges = filtered("(n<=1)");
    Heard other = filtered("(event.topics=com/acme/*)");
    Map<String, Object> hostile = new HashMap<>();
    hostile.put("n", new Hostile());
    neighbour.post("com/acme/a", hostile);
    neighbour.send("com/acme/a", hostile);
    neighbour.post("com/acme/a", Map.of("n", 1));
    asks.await(1);
    ranges.await(1);
    other.await(3);
    assertThat(asks.values("n")).containsExactly(1);
    assertThat(ranges.values("n")).containsExactly(1);
  }

  @Test
  void shouldShowTheTopicAsProperty() throws Exception {
    Heard handler = neighbour.hear("com/acme/a");
    Map<String, Object> claimed = Map.of(EventConstants.EVENT_TOPIC, "com/acme/other", "n", 1);
    neighbour.admin().postEvent(new Event("com/acme/a", claimed));
    handler.await(1);
    Event event = handler.events().getFirst();
    assertThat(event.getProperty(EventConstants.EVENT_TOPIC)).isEqualTo("com/acme/a");
    assertThat(event.containsProperty(EventConstants.EVENT_TOPIC)).isTrue();
    assertThat(event.getPropertyNames()).containsExactlyInAnyOrder("event.topics", "n");
  }
}
