package dev.sonde.ui;

import dev.sonde.event.network.CaptureStatistics;
import java.time.Duration;
import java.time.Instant;

/// How much is heard: packets in large figures, packets a second, a curve of the last minute, and
/// what was in them.
final class TrafficView implements View {

  private static final BitmapFont TEXT = BitmapFont.TEXT;
  private static final int LEFT = 1;
  private static final int RIGHT = Frame.WIDTH;
  private static final int CURVE_BOTTOM = 38;
  private static final int CURVE_HEIGHT = 10;
  private static final int FIRST_LINE = 40;
  private static final int SECOND_LINE = 48;
  private static final int LAST_LINE = 56;

  private final Traffic traffic;
  private final Names names;

  TrafficView(Traffic traffic, Names names) {
    this.traffic = traffic;
    this.names = names;
  }

  @Override
  public String title() {
    return "TRAFFIC";
  }

  @Override
  public void draw(Canvas canvas, Instant now) {
    CaptureStatistics total = traffic.total();
    canvas.text(BitmapFont.FIGURES, 0, TOP, Figures.group(total.packets()));
    canvas.textTo(TEXT, RIGHT, TOP, "packets");
    canvas.textTo(TEXT, RIGHT, TOP + 8, Figures.shorten(traffic.history().rate(now)) + "/s");
    curve(canvas, traffic.history().until(now));
    canvas.text(TEXT, LEFT, FIRST_LINE, "ARP " + Figures.shorten(total.arp()));
    canvas.textTo(TEXT, RIGHT, FIRST_LINE, dns(total));
    canvas.text(TEXT, LEFT, SECOND_LINE, secondLine());
    bottom(canvas, total.source());
  }

  private static String dns(CaptureStatistics total) {
    return "DNS "
        + Figures.shorten(total.dns_query())
        + "→"
        + Figures.shorten(total.dns_response());
  }

  private String secondLine() {
    int room = RIGHT - LEFT;
    if (!traffic.problem().isEmpty()) {
      return TEXT.elide("✗ " + traffic.problem(), room);
    }
    return TEXT.elideStart(lastName(), room);
  }

  private String lastName() {
    return names.last().isEmpty() ? "no name heard yet" : names.last();
  }

  /// A bar of two pixels for each second, as high as the busiest allows.
  private static void curve(Canvas canvas, double[] counts) {
    canvas.dotted(0, CURVE_BOTTOM, RIGHT);
    double most = 0;
    for (double count : counts) {
      most = Math.max(most, count);
    }
    for (int i = 0; i < counts.length && most > 0; i++) {
      int height = (int) Math.ceil(counts[i] / most * CURVE_HEIGHT);
      canvas.fill(2 * i, CURVE_BOTTOM - height, 2, height);
    }
  }

  private void bottom(Canvas canvas, String source) {
    String missed = "missed " + Figures.shorten(traffic.missed());
    canvas.textTo(TEXT, RIGHT, LAST_LINE, missed);
    int room = RIGHT - TEXT.width(missed) - LEFT - 4;
    canvas.text(TEXT, LEFT, LAST_LINE, TEXT.elide(state(source), room));
  }

  private String state(String source) {
    if (source.isEmpty()) {
      return "no capture";
    }
    return (traffic.isRunning() ? "●" : "○") + " " + name(source);
  }

  /// What is short of `pcap:/some/where/FILE` is the file's name.
  private static String name(String source) {
    return source.startsWith("pcap:") ? source.substring(source.lastIndexOf('/') + 1) : source;
  }

  @Override
  public Duration staysTrue(Instant now) {
    return traffic.history().isMoving(now) ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
  }
}
