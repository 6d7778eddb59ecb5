package dev.sonde.logger;

import dev.sonde.bus.Bytes;
import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/// A record with a component of each kind that events have, filled at random, gladly with what is
/// hard to write: control characters, half surrogate pairs, extreme numbers.
@Topic("test/ANYTHING")
record Anything(
    boolean flag,
    byte small,
    short shorter,
    int number,
    long large,
    float single,
    double real,
    char letter,
    String text,
    Bytes bytes,
    Thread.State constant,
    Instant time,
    Duration length,
    Optional<String> maybe,
    List<Inner> inner,
    Map<String, Long> named)
    implements Event {

  record Inner(String name, Optional<Double> value, List<Integer> numbers) {}

  static Anything at(Random random) {
    return new Anything(
        random.nextBoolean(),
        (byte) random.nextInt(),
        (short) random.nextInt(),
        oneOf(random, random.nextInt(), Integer.MIN_VALUE, Integer.MAX_VALUE, 0),
        oneOf(random, random.nextLong(), Long.MIN_VALUE, Long.MAX_VALUE, 1L << 53),
        oneOf(random, Float.intBitsToFloat(random.nextInt()), Float.MIN_VALUE, -0f),
        oneOf(random, Double.longBitsToDouble(random.nextLong()), Double.MAX_VALUE, -0.0),
        (char) random.nextInt(1 << 16),
        text(random),
        bytes(random),
        oneOf(random, Thread.State.values()),
        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
        Duration.ofNanos(random.nextLong()),
        random.nextBoolean() ? Optional.empty() : Optional.of(text(random)),
        list(random, () -> inner(random)),
        map(random));
  }

  private static Inner inner(Random random) {
    Optional<Double> value =
        random.nextBoolean() ? Optional.empty() : Optional.of(random.nextGaussian());
    return new Inner(text(random), value, list(random, random::nextInt));
  }

  @SafeVarargs
  private static <T> T oneOf(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }

  private static <T> List<T> list(Random random, Supplier<T> element) {
    List<T> list = new ArrayList<>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      list.add(element.get());
    }
    return List.copyOf(list);
  }

  private static Map<String, Long> map(Random random) {
    Map<String, Long> map = new LinkedHashMap<>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      // The reader takes half a surrogate pair in a value, but not in a name.
      map.put(text(random).replaceAll("\\p{Cs}", "?"), random.nextLong());
    }
    return map;
  }

  private static Bytes bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(100)];
    random.nextBytes(bytes);
    return Bytes.copyOf(bytes);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(5)) {
        case 0 -> text.append((char) random.nextInt(0x20));
        case 1 -> text.append((char) (0xD800 + random.nextInt(0x800)));
        case 2 -> text.appendCodePoint(random.nextInt(0x110000));
        case 3 -> text.append("\"\\/\u2028\u0000\u001b[31m".charAt(random.nextInt(10)));
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }
}
