package dev.sonde.bridge;

import dev.sonde.bus.Event;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// Publishing a request and waiting for its answer.
final class Asking {

  private Asking() {}

  /// See [dev.sonde.bus.EventBus#ask].
  ///
  /// @param callbacks where the stage completes
  static <R extends Event> CompletionStage<R> ask(
      Bus bus,
      String module,
      long causedBy,
      Event request,
      Class<R> answer,
      Duration deadline,
      Executor callbacks) {
    CompletableFuture<Event> reply = new CompletableFuture<>();
    CompletableFuture<R> result = new CompletableFuture<>();
    var _ =
        reply.whenCompleteAsync(
            (event, failure) -> {
              if (failure != null) {
                result.completeExceptionally(failure);
              } else {
                result.complete(answer.cast(event));
              }
            },
            callbacks);
    bus.publish(module, request, causedBy, new Bus.Question(answer, reply));
    var _ = reply.orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS);
    return result.minimalCompletionStage();
  }
}
