package dev.sonde.it;

import java.util.concurrent.CountDownLatch;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;

/// A plain handler that notes what it hears and does not return from its first event on, until it
/// is released.
final class HostileHandler implements EventHandler {

  private final Hostility hostility;
  private final CountDownLatch released;
  private final Heard heard = new Heard();

  HostileHandler(Hostility hostility, CountDownLatch released) {
    this.hostility = hostility;
    this.released = released;
  }

  Heard heard() {
    return heard;
  }

  @Override
  public void handleEvent(Event event) {
    heard.handleEvent(event);
    try {
      hostility.hold(released);
    } catch (Throwable e) {
      throw new AssertionError("could not even hang", e);
    }
  }
}
