package dev.sonde.it.flood;

import dev.sonde.bus.Bytes;
import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Source;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import java.util.concurrent.CountDownLatch;
import org.osgi.service.component.annotations.Component;

/// Publishes far more than memory has room for, as fast as it can, and hangs in its own handler for
/// ever.
@Component
public final class FloodModule implements SondeModule {

  private static final int EVENTS = 20_000;
  private static final int BYTES = 16_384;

  private final CountDownLatch never = new CountDownLatch(1);

  /// A part of the flood.
  @Topic("com/acme/flood/LOAD")
  public record Load(Bytes bytes) implements Event {}

  /// That was all.
  @Topic("com/acme/flood/ENDED")
  public record Ended(int events) implements Event {}

  @Override
  public void start(ModuleContext context) {
    context.on(Subscription.of("load").topics("com/acme/flood/LOAD"), (load, at) -> hang());
    context.fork("flood", new Flood(context));
  }

  private void hang() {
    while (true) {
      try {
        never.await();
      } catch (InterruptedException e) {
        // Goes on whatever is done to it.
      }
    }
  }

  /// Floods.
  private record Flood(ModuleContext context) implements Source {
    @Override
    public void run() {
      for (int event = 0; event < EVENTS; event++) {
        context.publish(new Load(Bytes.copyOf(new byte[BYTES])));
      }
      context.publish(new Ended(EVENTS));
    }

    @Override
    public void cancel() {}
  }
}
