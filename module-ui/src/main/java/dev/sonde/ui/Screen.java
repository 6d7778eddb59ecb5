package dev.sonde.ui;

import dev.sonde.event.input.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// The views, one of which is shown, under a title bar with the clock. Draws only when something
/// changed since it last did. Lives on the module's thread.
final class Screen {

  private static final int BAR_HEIGHT = 9;
  private static final int DOT_PITCH = 5;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final List<View> views;
  private final ZoneId zone;
  private final Canvas canvas = new Canvas();
  private int shown;
  private Frame frame = canvas.frame();
  private Instant drawn = Instant.MIN;
  private Instant trueUntil = Instant.MIN;

  /// Shows the first view.
  ///
  /// @param views at least one
  /// @param zone where the clock is
  Screen(List<View> views, ZoneId zone) {
    this.views = List.copyOf(views);
    this.zone = zone;
  }

  /// Something changed that a view shows.
  void changed() {
    trueUntil = Instant.MIN;
  }

  /// Shows the view of that title, in capitals or not; none such, and nothing changes.
  ///
  /// @param title a view's title
  void show(String title) {
    for (int i = 0; i < views.size(); i++) {
      if (views.get(i).title().equalsIgnoreCase(title)) {
        shown = i;
        changed();
      }
    }
  }

  /// UP and DOWN go from view to view, BACK to the first; the view itself sees the others.
  ///
  /// @param key which was pressed
  /// @return whether the screen looks different now
  boolean press(Key key) {
    int before = shown;
    boolean different =
        switch (key) {
          case DOWN -> turnTo(Math.floorMod(shown + 1, views.size()));
          case UP -> turnTo(Math.floorMod(shown - 1, views.size()));
          case BACK -> turnTo(0);
          case LEFT, RIGHT, OK -> views.get(before).press(key);
        };
    if (different) {
      changed();
    }
    return different;
  }

  private boolean turnTo(int view) {
    boolean different = shown != view;
    shown = view;
    return different;
  }

  /// What the screen shows.
  ///
  /// @param now the time
  /// @return the frame drawn before, if it is still true
  Frame frame(Instant now) {
    boolean stillTrue = now.isBefore(trueUntil) && !now.isBefore(drawn);
    if (!stillTrue) {
      draw(now);
    }
    return frame;
  }

  /// When the frame drawn last needs to be drawn anew even if no event comes.
  ///
  /// @return a time
  Instant trueUntil() {
    return trueUntil;
  }

  private void draw(Instant now) {
    View view = views.get(shown);
    canvas.clear();
    view.draw(canvas, now);
    bar(view.title(), now);
    frame = canvas.frame();
    drawn = now;
    trueUntil = next(now, view.staysTrue(now));
  }

  /// The next full multiple of a period: a clock changes on the minute.
  private static Instant next(Instant now, Duration period) {
    long millis = period.toMillis();
    return Instant.ofEpochMilli((Math.floorDiv(now.toEpochMilli(), millis) + 1) * millis);
  }

  private void bar(String title, Instant now) {
    canvas.text(BitmapFont.TEXT, 2, 0, title);
    canvas.textTo(
        BitmapFont.TEXT, Frame.WIDTH - 1, 0, CLOCK.format(ZonedDateTime.ofInstant(now, zone)));
    int x = (Frame.WIDTH - (views.size() * DOT_PITCH)) / 2;
    for (int i = 0; i < views.size(); i++) {
      if (i == shown) {
        canvas.fill(x, 3, 3, 3);
      } else {
        canvas.dot(x + 1, 4);
      }
      x += DOT_PITCH;
    }
    canvas.invert(0, 0, Frame.WIDTH, BAR_HEIGHT);
  }
}
