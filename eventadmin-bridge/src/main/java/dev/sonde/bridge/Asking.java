package dev.sonde.bridge;

import dev.sonde.bus.Event;
import dev.sonde.bus.RevokedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// Publishing a request and waiting for its answer.
final class Asking {

  private Asking() {}

  /// See [dev.sonde.bus.EventBus#ask].
  ///
  /// @param owner the run or bundle that asks
  /// @param callbacks where the stage completes
  static <R extends Event> CompletionStage<R> ask(
      Bus bus,
      Object owner,
      String module,
      long causedBy,
      Event request,
      Class<R> answer,
      Duration deadline,
      Executor callbacks) {
    long nanos = Nanos.of(deadline);
    CompletableFuture<Event> reply = new CompletableFuture<>();
    CompletableFuture<R> result = new CompletableFuture<>();
    var _ =
        reply.whenComplete(
            (event, failure) -> {
              Runnable completion =
                  () -> {
                    if (failure != null) {
                      result.completeExceptionally(failure);
                    } else {
                      result.complete(answer.cast(event));
                    }
                  };
              try {
                callbacks.execute(completion);
              } catch (RejectedExecutionException | RevokedException e) {
                // Where the callbacks belong nothing runs any more, or too much: they must still be
                // told.
                result.completeExceptionally(e);
              }
            });
    bus.publish(module, request, causedBy, new Bus.Question(owner, answer, reply));
    var _ = reply.orTimeout(nanos, TimeUnit.NANOSECONDS);
    return result.minimalCompletionStage();
  }
}
