package dev.sonde.ui;

import dev.sonde.event.input.Key;
import dev.sonde.event.module.ModuleState;
import dev.sonde.event.module.ModuleStateChanged;
import java.time.Instant;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// How the modules are.
final class ModulesView implements View {

  /// More modules than this are not shown.
  private static final int MOST = 256;

  private final SortedMap<String, ModuleState> states = new TreeMap<>();
  private final ListPainter list = new ListPainter();

  /// A module changed.
  ///
  /// @param change what it is now
  void hear(ModuleStateChanged change) {
    if (states.size() < MOST || states.containsKey(change.name())) {
      states.put(change.name(), change.to());
    }
  }

  @Override
  public String title() {
    return "MODULES";
  }

  @Override
  public void draw(Canvas canvas, Instant now) {
    if (states.isEmpty()) {
      canvas.text(BitmapFont.TEXT, 1, TOP, "no module heard yet");
    }
    list.draw(
        canvas,
        states.entrySet().stream().map(module -> row(module.getKey(), module.getValue())).toList());
  }

  private static ListPainter.Row row(String name, ModuleState state) {
    String mark =
        switch (state) {
          case ACTIVE -> "●";
          case STARTING, STOPPING, WAITING -> "◐";
          case INSTALLED, STOPPED -> "○";
          case DEGRADED, BACKOFF -> "▲";
          case FAILED, QUARANTINED -> "✗";
        };
    return new ListPainter.Row(mark, name, state.name().toLowerCase(Locale.ROOT), false);
  }

  @Override
  public boolean press(Key key) {
    return switch (key) {
      case RIGHT -> list.turn(1, states.size());
      case LEFT -> list.turn(-1, states.size());
      case UP, DOWN, OK, BACK -> false;
    };
  }
}
