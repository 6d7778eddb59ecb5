package dev.sonde.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.TrialDevice;
import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.RevokedException;
import dev.sonde.bus.Topic;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Requests and their answers.
class AskTest {

  @AutoClose private final TrialDevice device = new TrialDevice();
  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

  @Topic("com/acme/valve/OPEN")
  record Open(String valve) implements Event {}

  @Topic("com/acme/valve/OPENED")
  record Opened(String by) implements Event {}

  private Object next() throws InterruptedException {
    return heard.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void shouldCompleteOnTheModulesThread() throws InterruptedException {
    // @start region="answer" :
    device.start(
        "valve",
        context -> context.on(Open.class, (open, at) -> context.publish(new Opened("valve"))));
    // @end
    device.start("garden", this::ask);
    assertThat(next()).isEqualTo(new Opened("valve"));
    assertThat(next()).isEqualTo("sonde-garden");
  }

  private void ask(ModuleContext context) {
    // @start region="ask" :
    context
        .ask(new Open("north"), Opened.class, Duration.ofSeconds(5))
        .whenComplete(
            (opened, failure) -> {
              heard.add(failure == null ? opened : failure);
              heard.add(Thread.currentThread().getName());
            });
    // @end
  }

  @Test
  void shouldFindAnAnswerThatComesLater() throws InterruptedException {
    device.start("slow-valve", this::answerLater);
    device.start("garden", this::ask);
    assertThat(next()).isEqualTo(new Opened("slow-valve"));
  }

  private void answerLater(ModuleContext context) {
    // @start region="later" :
    Duration time = Duration.ofMillis(20);
    context.on(
        Open.class,
        (open, at) -> context.after(time, () -> context.reply(at, new Opened("slow-valve"))));
    // @end
  }

  @Test
  void shouldTakeTheFirstOfSeveralAnswers() throws InterruptedException {
    device.start(
        "valves",
        context ->
            context.on(
                Open.class,
                (open, at) -> {
                  context.publish(new Opened("first"));
                  context.publish(new Opened("second"));
                }));
    device.start("log", context -> context.on(Opened.class, (opened, at) -> heard.add(at.event())));
    device.awaitQuiet();
    device.start(
        "garden",
        context ->
            context
                .ask(new Open("north"), Opened.class, Duration.ofSeconds(5))
                .thenAccept(opened -> heard.add("answered by " + opened.by())));
    device.awaitQuiet();
    assertThat(heard)
        .containsExactlyInAnyOrder("answered by first", new Opened("first"), new Opened("second"));
  }

  @Test
  void shouldFailWithATimeoutOnTheModulesThread() throws InterruptedException {
    device.start(
        "garden",
        context ->
            context
                .ask(new Open("nowhere"), Opened.class, Duration.ofMillis(20))
                .whenComplete(
                    (opened, failure) -> {
                      heard.add(failure.getCause().getClass());
                      heard.add(Thread.currentThread().getName());
                    }));
    assertThat(next()).isEqualTo(TimeoutException.class);
    assertThat(next()).isEqualTo("sonde-garden");
  }

  @Test
  void shouldFailWhenTheModuleStops() throws InterruptedException {
    device.start(
        "garden",
        context ->
            context
                .ask(new Open("nowhere"), Opened.class, Duration.ofHours(1))
                .whenComplete((opened, failure) -> heard.add(failure.getCause().getClass())));
    device.stop("garden");
    assertThat(next()).isEqualTo(RevokedException.class);
  }
}
