package dev.sonde.benchmarks.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.benchmarks.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusOptionsTest {

  private static BusOptions parse(String... words) throws UsageException {
    return BusOptions.parse(List.of(words).iterator());
  }

  @Test
  void shouldRunEverythingUnlessAskedForLess() throws UsageException {
    assertThat(parse().works(1)).extracting(Work::shape).contains(Shape.values());
    assertThat(parse().works(1)).extracting(Work::contender).contains(Contenders.values());
  }

  @Test
  void shouldRunOnlyWhatIsChosen() throws UsageException {
    BusOptions options =
        parse("--contenders", "sonde,felix-t0", "--shapes", "1to4,4to4", "--rounds", "2");

    assertThat(options.rounds()).isEqualTo(2);
    assertThat(options.works(1))
        .map(Work::toString)
        .containsExactly(
            "bus.1to4.sonde", "bus.1to4.felix-t0", "bus.4to4.sonde", "bus.4to4.felix-t0");
  }

  @Test
  void shouldRunOnlyWhatAnExpressionMatches() throws UsageException {
    assertThat(parse("--only", "1to1.*(sonde|disruptor)").works(1))
        .map(Work::toString)
        .containsExactly(
            "bus.1to1.sonde", "bus.1to1.disruptor", "bus.1to16.sonde", "bus.1to16.disruptor");
  }

  @Test
  void shouldSayWhatThereIs() {
    assertThatThrownBy(() -> parse("--shapes", "2to2"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("There is no '2to2'; there are 1to1, 1to4");
    assertThatThrownBy(() -> parse("--contenders", "kafka"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("sonde, felix-t0");
    assertThatThrownBy(() -> parse("--fast"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--full");
    assertThatThrownBy(() -> parse("--only", "scale.vertx"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Nothing is left");
  }
}
