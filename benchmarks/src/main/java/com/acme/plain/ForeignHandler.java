package com.acme.plain;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;

/// A plain OSGi handler, one that hangs or one that does not.
public final class ForeignHandler implements EventHandler {

  private final CountDownLatch gate;
  private final AtomicLong calls = new AtomicLong();

  /// @param hangs whether it returns only after [#release], even when it is interrupted
  public ForeignHandler(boolean hangs) {
    gate = new CountDownLatch(hangs ? 1 : 0);
  }

  @Override
  public void handleEvent(Event event) {
    calls.incrementAndGet();
    boolean interrupted = false;
    while (gate.getCount() > 0) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// How often it was called.
  ///
  /// @return 0 or more
  public long calls() {
    return calls.get();
  }

  /// Lets it return.
  public void release() {
    gate.countDown();
  }
}
