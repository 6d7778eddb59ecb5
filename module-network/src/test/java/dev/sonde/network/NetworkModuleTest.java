package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Fork;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Source;
import dev.sonde.bus.Task;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NetworkModuleTest {

  private static final NetworkConfig FIRST = Captures.config("sample", "", "max");
  private static final NetworkConfig SECOND = Captures.config("pcap:missing", "", "max");

  private final FakeContext fake = new FakeContext();
  private final NetworkModule module = new NetworkModule();

  @Test
  void shouldRunTheCaptureThatIsConfigured() {
    module.start(fake.context());

    assertThat(fake.forks).hasSize(1);
    assertThat(fake.forks.getFirst().name()).isEqualTo("capture");
  }

  @Test
  void shouldBeginAnewWhenConfiguredAnewAndTheOldCaptureHasLetGo() throws Exception {
    module.start(fake.context());
    fake.change(SECOND);
    assertThat(fake.forks.getFirst().cancelled).isTrue();
    fake.runTasks(1);
    assertThat(fake.forks).hasSize(1);

    fake.forks.getFirst().running = false;
    fake.runTasks(1);

    assertThat(fake.forks).hasSize(2);
    assertThat(fake.tasks).isEmpty();
  }

  @Test
  void shouldBeginOnceWhenConfiguredTwiceMeanwhile() throws Exception {
    module.start(fake.context());
    fake.change(SECOND);
    fake.change(FIRST);
    fake.forks.getFirst().running = false;
    fake.runTasks(fake.tasks.size());

    assertThat(fake.forks).hasSize(2);
  }

  @Test
  void shouldAnswerWithItsCaptures() throws Exception {
    module.start(fake.context());
    fake.forks.getFirst().source.run();
    CompletableFuture<List<Capture>> captures = module.captures().toCompletableFuture();
    fake.runTasks(fake.tasks.size());

    Capture only = captures.join().getFirst();
    assertThat(only.source()).isEqualTo("sample");
    assertThat(Objects.requireNonNull(only.statistics()).get(Counter.PACKETS)).isPositive();
  }

  @Test
  void shouldCaptureOnSeveralInterfacesAndWatchThem() throws Exception {
    module.start(fake.context());
    fake.forks.getFirst().running = false;
    fake.change(Captures.config("live:eth0, wlan0", "", "auto"));

    assertThat(fake.forks)
        .extracting(FakeFork::name)
        .containsExactly("capture", "links", "capture", "capture-2");
  }

  @Test
  void shouldCaptureWhatTheShellAsksForUntilConfiguredAnew() throws Exception {
    module.start(fake.context());
    fake.forks.getFirst().running = false;
    var _ = module.capture("live:eth1");
    fake.runTasks(1);
    assertThat(fake.forks).hasSize(3);

    fake.forks.forEach(fork -> fork.running = false);
    fake.change(SECOND);
    CompletableFuture<List<Capture>> captures = module.captures().toCompletableFuture();
    fake.runTasks(fake.tasks.size());
    assertThat(captures.join()).extracting(Capture::source).containsExactly("pcap:missing");
  }

  @Test
  void shouldNotAnswerWhenItIsNotRunning() {
    assertThat(module.captures().toCompletableFuture()).isCompletedExceptionally();
  }

  /// Runs nothing by itself; knows what the module asked for.
  private static final class FakeContext implements InvocationHandler {

    final List<FakeFork> forks = new ArrayList<>();
    final Deque<Task> tasks = new ArrayDeque<>();
    private final RecordingBus bus = new RecordingBus(false);
    private @Nullable Consumer<NetworkConfig> changed;

    ModuleContext context() {
      return (ModuleContext)
          Proxy.newProxyInstance(
              ModuleContext.class.getClassLoader(), new Class<?>[] {ModuleContext.class}, this);
    }

    void change(NetworkConfig config) {
      Objects.requireNonNull(changed).accept(config);
    }

    void runTasks(int count) throws Exception {
      for (int i = 0; i < count; i++) {
        tasks.remove().run();
      }
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments)
        throws Throwable {
      return switch (method.getName()) {
        case "config" -> {
          changed = (Consumer<NetworkConfig>) arguments[1];
          yield FIRST;
        }
        case "fork" -> {
          FakeFork fork = new FakeFork((String) arguments[0], (Source) arguments[1]);
          forks.add(fork);
          yield fork;
        }
        case "after" -> {
          assertThat((Duration) arguments[0]).isPositive();
          tasks.add((Task) arguments[1]);
          yield null;
        }
        case "on" -> null;
        case "dataDirectory" -> Path.of("unused");
        case "execute" -> {
          tasks.add((Task) arguments[0]);
          yield null;
        }
        default -> method.invoke(bus, arguments);
      };
    }
  }

  private static final class FakeFork implements Fork {

    private final String name;
    private final Source source;
    private boolean running = true;
    private boolean cancelled;

    private FakeFork(String name, Source source) {
      this.name = name;
      this.source = source;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
