package dev.sonde.bridge;

import dev.sonde.bridge.codec.RecordCodec;
import dev.sonde.bus.spi.EventFormatException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What modules leave for their next version, as plain values: no class of the old version is kept.
final class SavedStates {

  private final Map<String, Map<String, Object>> states = new ConcurrentHashMap<>();

  void save(String owner, Record state) {
    states.put(owner, RecordCodec.components(state));
  }

  <S extends Record> Optional<S> restore(String owner, Class<S> type) {
    Map<String, Object> state = states.get(owner);
    if (state == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(RecordCodec.fromComponents(type, state));
    } catch (EventFormatException e) {
      return Optional.empty();
    }
  }

  void forget(String owner) {
    states.remove(owner);
  }
}
