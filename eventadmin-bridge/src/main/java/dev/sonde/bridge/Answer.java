package dev.sonde.bridge;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// An answer to come, or what becomes of one. Whoever completes it, and whoever adds callbacks and
/// when: they run where they belong, and what they throw is told there.
///
/// @param <T> the answer
final class Answer<T> extends CompletableFuture<T> {

  private final Executor callbacks;
  private final Consumer<Throwable> faults;

  /// @param callbacks runs them; may refuse, and they are not run then
  /// @param faults is told what a callback throws, where it runs
  Answer(Executor callbacks, Consumer<Throwable> faults) {
    this.callbacks = callbacks;
    this.faults = faults;
  }

  private <V> V attempt(Supplier<V> callback) {
    try {
      return callback.get();
    } catch (Throwable thrown) {
      faults.accept(thrown);
      throw thrown;
    }
  }

  private void run(Runnable callback) {
    try {
      callback.run();
    } catch (Throwable thrown) {
      faults.accept(thrown);
      throw thrown;
    }
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new Answer<>(callbacks, faults);
  }

  @Override
  public Executor defaultExecutor() {
    return callbacks;
  }

  /// A copy, which belongs to the caller. Not even its callbacks run on the thread of who answers,
  /// whom they could hold up.
  @Override
  public CompletableFuture<T> toCompletableFuture() {
    CompletableFuture<T> copy = new CompletableFuture<>();
    var _ =
        super.whenCompleteAsync(
            (value, failure) -> {
              if (failure == null) {
                copy.complete(value);
              } else {
                copy.completeExceptionally(failure);
              }
            },
            ForkJoinPool.commonPool());
    return copy;
  }

  @Override
  public <U> CompletableFuture<U> thenApply(Function<? super T, ? extends U> callback) {
    return super.thenApplyAsync(value -> attempt(() -> callback.apply(value)), callbacks);
  }

  @Override
  public CompletableFuture<Void> thenAccept(Consumer<? super T> callback) {
    return super.thenAcceptAsync(value -> run(() -> callback.accept(value)), callbacks);
  }

  @Override
  public CompletableFuture<Void> thenRun(Runnable callback) {
    return super.thenRunAsync(() -> run(callback), callbacks);
  }

  @Override
  public <U, V> CompletableFuture<V> thenCombine(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> callback) {
    return super.thenCombineAsync(
        other, (mine, its) -> attempt(() -> callback.apply(mine, its)), callbacks);
  }

  @Override
  public <U> CompletableFuture<Void> thenAcceptBoth(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> callback) {
    return super.thenAcceptBothAsync(
        other, (mine, its) -> run(() -> callback.accept(mine, its)), callbacks);
  }

  @Override
  public CompletableFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable callback) {
    return super.runAfterBothAsync(other, () -> run(callback), callbacks);
  }

  @Override
  public <U> CompletableFuture<U> applyToEither(
      CompletionStage<? extends T> other, Function<? super T, U> callback) {
    return super.applyToEitherAsync(
        other, value -> attempt(() -> callback.apply(value)), callbacks);
  }

  @Override
  public CompletableFuture<Void> acceptEither(
      CompletionStage<? extends T> other, Consumer<? super T> callback) {
    return super.acceptEitherAsync(other, value -> run(() -> callback.accept(value)), callbacks);
  }

  @Override
  public CompletableFuture<Void> runAfterEither(CompletionStage<?> other, Runnable callback) {
    return super.runAfterEitherAsync(other, () -> run(callback), callbacks);
  }

  @Override
  public <U> CompletableFuture<U> thenCompose(
      Function<? super T, ? extends CompletionStage<U>> callback) {
    return super.thenComposeAsync(value -> attempt(() -> callback.apply(value)), callbacks);
  }

  @Override
  public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> callback) {
    return super.whenCompleteAsync(
        (value, failure) -> run(() -> callback.accept(value, failure)), callbacks);
  }

  @Override
  public <U> CompletableFuture<U> handle(BiFunction<? super T, Throwable, ? extends U> callback) {
    return super.handleAsync(
        (value, failure) -> attempt(() -> callback.apply(value, failure)), callbacks);
  }

  @Override
  public CompletableFuture<T> exceptionally(Function<Throwable, ? extends T> callback) {
    return super.exceptionallyAsync(failure -> attempt(() -> callback.apply(failure)), callbacks);
  }

  @Override
  public CompletableFuture<T> exceptionallyCompose(
      Function<Throwable, ? extends CompletionStage<T>> callback) {
    return super.exceptionallyComposeAsync(
        failure -> attempt(() -> callback.apply(failure)), callbacks);
  }
}
