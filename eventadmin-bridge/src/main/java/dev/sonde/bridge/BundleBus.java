package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.EventBus;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bus as a service for a bundle that is no module.
///
/// @param bus the engine
/// @param bundle the name under which it publishes, by the rule of
///     [dev.sonde.bus.SondeModule#nameOf]
record BundleBus(Bus bus, String bundle) implements EventBus {

  private static final Logger LOG = LoggerFactory.getLogger(BundleBus.class);

  @Override
  public long publish(Event event) {
    return bus.publish(bundle, event, Envelope.NO_CAUSE);
  }

  @Override
  public long reply(Envelope request, Event answer) {
    return bus.publish(bundle, answer, request.sequence());
  }

  @Override
  public <R extends Event> CompletionStage<R> ask(
      Event request, Class<R> answer, Duration deadline) {
    return Asking.ask(
        bus,
        this,
        bundle,
        Envelope.NO_CAUSE,
        request,
        answer,
        deadline,
        ForkJoinPool.commonPool(),
        this::failed);
  }

  private void failed(Throwable thrown) {
    Faults.warn(LOG, "Bundle " + bundle + ": a callback of an answer failed", thrown);
  }

  @Override
  public boolean wanted(Class<? extends Event> type) {
    return bus.wanted(type);
  }

  @Override
  public boolean awaitRoom(Duration deadline) throws InterruptedException {
    return bus.awaitRoom(deadline);
  }
}
