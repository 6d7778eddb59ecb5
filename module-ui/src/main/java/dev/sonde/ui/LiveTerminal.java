package dev.sonde.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Draws every new frame over the last one, on the second screen of a terminal that knows ANSI
/// sequences, until Ctrl-C interrupts it, something is typed, the terminal goes away, or the module
/// stops.
final class LiveTerminal {

  private static final String ENTER = "\u001b[?1049h\u001b[?25l";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String TO_LINE_END = "\u001b[K";
  private static final String BELOW = "\u001b[J";

  private static final long LOOK_MILLIS = 250;

  /// Once in this many looks the frame is drawn even if it did not change: only writing tells that
  /// the terminal is gone.
  private static final int LOOKS_TO_REDRAW = 8;

  private final InputStream keyboard;
  private final PrintStream console;
  private final BlockingQueue<Frame> newest = new LinkedBlockingQueue<>();

  LiveTerminal(InputStream keyboard, PrintStream console) {
    this.keyboard = keyboard;
    this.console = console;
  }

  void run(UiModule module) throws IOException, InterruptedException {
    Frame last = module.frame();
    Runnable leave = module.watch(this::offer);
    console.print(ENTER);
    try {
      draw(last);
      for (int looks = 1; goesOn(module); looks++) {
        Frame next = newest.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        last = next == null ? last : next;
        if (next != null || looks % LOOKS_TO_REDRAW == 0) {
          draw(last);
        }
      }
    } finally {
      leave.run();
      console.print(LEAVE);
      console.flush();
    }
    keyboard.skipNBytes(keyboard.available());
  }

  private boolean goesOn(UiModule module) throws IOException {
    return module.isRunning() && keyboard.available() == 0 && !console.checkError();
  }

  /// Called on the module's thread.
  private void offer(Frame frame) {
    newest.clear();
    newest.add(frame);
  }

  /// Begins at the upper left each time, and clears what others printed meanwhile.
  private void draw(Frame frame) {
    String lines = Braille.draw(frame).replace("\n", TO_LINE_END + "\r\n");
    console.print(HOME + lines + TO_LINE_END + "\r\nCtrl-C ends this." + BELOW);
    console.flush();
  }
}
