package dev.sonde.ui;

import dev.sonde.event.input.Key;
import java.time.Instant;
import java.util.List;

/// Which names were asked for last.
final class NamesView implements View {

  private final Names names;
  private final ListPainter list = new ListPainter();

  NamesView(Names names) {
    this.names = names;
  }

  @Override
  public String title() {
    return "DNS";
  }

  @Override
  public void draw(Canvas canvas, Instant now) {
    List<Names.Name> latest = names.latest();
    if (latest.isEmpty()) {
      canvas.text(BitmapFont.TEXT, 1, TOP, "no name heard yet");
    }
    list.draw(canvas, latest.stream().map(NamesView::row).toList());
  }

  private static ListPainter.Row row(Names.Name name) {
    String mark =
        switch (name.state()) {
          case ASKED -> "○";
          case ANSWERED -> "●";
          case REFUSED -> "✗";
        };
    String note = name.note().equals("NXDOMAIN") ? "NX" : name.note();
    return new ListPainter.Row(mark, name.name(), BitmapFont.TEXT.elide(note, 45), true);
  }

  @Override
  public boolean press(Key key) {
    return switch (key) {
      case RIGHT -> list.turn(1, names.latest().size());
      case LEFT -> list.turn(-1, names.latest().size());
      case UP, DOWN, OK, BACK -> false;
    };
  }
}
