package dev.sonde.network;

import dev.sonde.event.network.CaptureEvent;
import dev.sonde.event.network.CaptureInterrupted;
import dev.sonde.event.network.CaptureResumed;
import dev.sonde.network.Links.State;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An interface that may go down or disappear while it is captured: tells that, waits, opens it
/// again when it returns, and goes on counting.
///
/// libpcap says nothing of an interface that is only switched off, and goes on by itself when it is
/// on again; so [Links] tells that. Where an interface disappears, libpcap's read fails.
final class HotPlugSource implements PacketSource {

  /// Between two attempts at an interface that is up and can not be opened.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// Opens the interface, again and again.
  @FunctionalInterface
  interface Opening {

    PacketSource open() throws CaptureException;
  }

  private final String name;
  private final Opening opening;
  private final Links links;
  private final Consumer<CaptureEvent> tell;
  private volatile PacketSource source;
  private volatile boolean cancelled;
  private Drops before = Drops.NONE;
  private Drops last = Drops.NONE;

  /// Whether there is nothing to read, so that the interface is up again only when it was opened.
  private boolean lost;

  /// What was told and still holds.
  private @Nullable String problem;

  /// @param name of the interface
  /// @param tell is given what happens to the capture, on the thread of the capture or the links
  /// @throws CaptureException if it can not be opened
  HotPlugSource(String name, Opening opening, Links links, Consumer<CaptureEvent> tell)
      throws CaptureException {
    this.name = name;
    this.opening = opening;
    this.links = links;
    this.tell = tell;
    this.source = opening.open();
    links.listen(name, this::linkIs);
  }

  @Override
  public int linkType() {
    return source.linkType();
  }

  @Override
  public boolean next(Frame into) throws CaptureException {
    while (!cancelled) {
      try {
        return source.next(into);
      } catch (CaptureException e) {
        if (!isOpenAgainAfter(e)) {
          return false;
        }
      }
    }
    return false;
  }

  /// @return false if the capture is to end
  private boolean isOpenAgainAfter(CaptureException loss) throws CaptureException {
    loses(loss);
    Duration pause = Duration.ZERO;
    try {
      while (!cancelled && links.awaitUp(name, pause)) {
        if (isOpened()) {
          return true;
        }
        pause = PAUSE;
      }
    } catch (InterruptedException e) {
      return false;
    }
    if (cancelled) {
      return false;
    }
    throw loss;
  }

  private synchronized void loses(CaptureException loss) {
    lost = true;
    source.close();
    before =
        new Drops(before.byKernel() + last.byKernel(), before.byInterface() + last.byInterface());
    last = Drops.NONE;
    interrupted(loss);
  }

  private synchronized boolean isOpened() throws CaptureException {
    try {
      source = opening.open();
      if (cancelled) {
        source.cancel();
      }
      lost = false;
      resumed();
      return true;
    } catch (LinkException e) {
      interrupted(e);
      return false;
    }
  }

  private synchronized void linkIs(State state) {
    if (lost || cancelled) {
      return;
    }
    switch (state) {
      case DOWN -> interrupted(Libpcap.down(name));
      case UP -> resumed();
      case MISSING -> {} // the read fails
    }
  }

  private void interrupted(CaptureException why) {
    if (!why.problem().equals(problem)) {
      problem = why.problem();
      tell.accept(new CaptureInterrupted(SourceChoice.LIVE + name, why.problem(), why.remedy()));
    }
  }

  private void resumed() {
    if (problem != null) {
      problem = null;
      tell.accept(new CaptureResumed(SourceChoice.LIVE + name));
    }
  }

  @Override
  public Drops drops() throws CaptureException {
    last = source.drops();
    return new Drops(
        before.byKernel() + last.byKernel(), before.byInterface() + last.byInterface());
  }

  @Override
  public void cancel() {
    cancelled = true;
    source.cancel();
  }

  @Override
  public void close() {
    links.forget(name);
    source.close();
  }
}
