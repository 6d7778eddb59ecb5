package dev.sonde.benchmarks.bus;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// The local event bus of Vert.x: each subscriber is a verticle of its own, which Vert.x spreads
/// over its event loops. The record itself is handed over.
final class VertxContender implements Contender {

  private final Vertx vertx = Vertx.vertx();

  VertxContender() {
    var _ = vertx.eventBus().registerDefaultCodec(Tick.class, new ByReference());
  }

  @Override
  public void subscribe(String pattern, LongConsumer receiver) {
    await(vertx.deployVerticle(new Subscriber(pattern, receiver)));
  }

  private static void await(Future<?> future) {
    var _ = future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public Publisher publisher() {
    EventBus bus = vertx.eventBus();
    return value -> bus.publish(Tick.TOPIC, new Tick(value));
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static final class Subscriber extends VerticleBase {
    private final String address;
    private final LongConsumer receiver;

    Subscriber(String address, LongConsumer receiver) {
      this.address = address;
      this.receiver = receiver;
    }

    @Override
    public Future<?> start() {
      return vertx
          .eventBus()
          .<Tick>localConsumer(address, message -> receiver.accept(message.body().value()))
          .completion();
    }
  }

  private static final class ByReference implements MessageCodec<Tick, Tick> {
    @Override
    public void encodeToWire(Buffer buffer, Tick tick) {
      throw new UnsupportedOperationException("local only");
    }

    @Override
    public Tick decodeFromWire(int position, Buffer buffer) {
      throw new UnsupportedOperationException("local only");
    }

    @Override
    public Tick transform(Tick tick) {
      return tick;
    }

    @Override
    public String name() {
      return "tick";
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}
