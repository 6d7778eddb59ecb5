package dev.sonde.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Draws every new frame over the last one, on a terminal that knows ANSI sequences, until
/// somebody types Enter or Ctrl-C, the terminal goes away, or the module stops.
final class LiveTerminal {

  private static final int FRAME_LINES = 18;
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
    console.println(Braille.draw(last));
    console.println("Enter ends this.");
    Runnable leave = module.watch(this::offer);
    try {
      for (int looks = 1; goesOn(module); looks++) {
        Frame next = newest.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (next == null && looks % LOOKS_TO_REDRAW == 0) {
          next = last;
        }
        if (next != null) {
          redraw(next);
          last = next;
        }
      }
    } finally {
      leave.run();
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

  /// Goes up to the frame's first line, and afterwards below the hint again.
  private void redraw(Frame frame) {
    console.print("\u001b[" + (FRAME_LINES + 1) + "A\r");
    console.println(Braille.draw(frame));
    console.println();
    console.flush();
  }
}
