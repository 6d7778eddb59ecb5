package dev.sonde.bridge;

import dev.sonde.bus.Event;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Publishing a request and waiting for its answer.
final class Asking {

  private Asking() {}

  /// See [dev.sonde.bus.EventBus#ask].
  ///
  /// @param owner the run or bundle that asks
  /// @param callbacks where callbacks run
  /// @param faults is told what they throw
  static <R extends Event> CompletionStage<R> ask(
      Bus bus,
      Object owner,
      String module,
      long causedBy,
      Event request,
      Class<R> answer,
      Duration deadline,
      Executor callbacks,
      Consumer<Throwable> faults) {
    long nanos = Nanos.of(deadline);
    CompletableFuture<Event> reply = new CompletableFuture<>();
    Answer<R> result = new Answer<>(callbacks, faults);
    var _ =
        reply.whenComplete(
            (event, failure) -> {
              if (failure == null) {
                result.complete(answer.cast(event));
              } else {
                result.completeExceptionally(new CompletionException(failure));
              }
            });
    bus.publish(module, request, causedBy, new Bus.Question(owner, answer, reply));
    var _ = reply.orTimeout(nanos, TimeUnit.NANOSECONDS);
    return result;
  }
}
