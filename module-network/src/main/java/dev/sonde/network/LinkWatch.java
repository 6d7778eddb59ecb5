package dev.sonde.network;

import dev.sonde.bus.Source;
import dev.sonde.network.Interfaces.NetworkInterface;
import dev.sonde.network.Links.State;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the system's interfaces when the kernel says that one has come, gone or changed, and
/// sleeps otherwise.
final class LinkWatch implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(LinkWatch.class);

  private final Links links;
  private @Nullable LinkMessages open;
  private boolean cancelled;

  LinkWatch(Links links) {
    this.links = links;
  }

  @Override
  public void run() {
    try (LinkMessages messages = LinkMessages.open()) {
      if (begin(messages)) {
        look();
        while (messages.await() && !isCancelled()) {
          look();
        }
      }
    } catch (IOException e) {
      LOG.warn(
          "The kernel does not tell of interfaces that come and go ({}); a capture whose interface"
              + " goes will not begin again by itself",
          e.getMessage());
    } finally {
      end();
      links.unwatched();
    }
  }

  private synchronized boolean begin(LinkMessages messages) {
    open = messages;
    return !cancelled;
  }

  private synchronized void end() {
    open = null;
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
    if (open != null) {
      open.wake();
    }
  }

  private void look() {
    try {
      Map<String, State> states = new HashMap<>();
      for (NetworkInterface each : Interfaces.list()) {
        states.put(each.name(), each.up() ? State.UP : State.DOWN);
      }
      links.are(states);
    } catch (CaptureException e) {
      // the capture has met the same, and says so
      LOG.debug("Interfaces can not be listed: {}", e.problem());
    }
  }
}
