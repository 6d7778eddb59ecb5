package dev.sonde.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  private static final Path HERE = Path.of("/srv/here");

  private static Invocation parse(String words) throws LaunchException {
    return new CommandLine(HERE).parse(Arrays.asList(words.split(" ")));
  }

  private static Invocation.Run run(String words) throws LaunchException {
    return (Invocation.Run) parse("run " + words);
  }

  @Test
  void shouldRunWithDefaults() throws LaunchException {
    var run = (Invocation.Run) parse("run");

    assertThat(run.home()).isNull();
    assertThat(run.headless()).isFalse();
    assertThat(run.exitWhenDone()).isFalse();
    assertThat(run.sourceRequired()).isFalse();
    assertThat(run.settings()).isEmpty();
  }

  @Test
  void shouldMakeReplayFileAbsolute() throws LaunchException {
    assertThat(run("--source pcap:../dump.pcap").settings())
        .containsExactly(Map.entry("network.source", "pcap:/srv/dump.pcap"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"live:eth0", "sample", "pcap:/a.pcap"})
  void shouldRequireSourceThatIsNamed(String source) throws LaunchException {
    var run = run("--source=" + source);

    assertThat(run.sourceRequired()).isTrue();
    assertThat(run.settings()).containsEntry("network.source", source);
  }

  @Test
  void shouldNotRequireSourceThatSondeChooses() throws LaunchException {
    assertThat(run("--source auto").sourceRequired()).isFalse();
  }

  @Test
  void shouldReplayOnlyOnceWhenItEndsWithTheSource() throws LaunchException {
    var run = run("--headless --exit-when-done");

    assertThat(run.headless()).isTrue();
    assertThat(run.exitWhenDone()).isTrue();
    assertThat(run.settings()).containsEntry("network.repeat", "false");
  }

  @Test
  void shouldKeepEqualsSignsInSettings() throws LaunchException {
    assertThat(run("--set network.filter=tcp[13]=2 --set ui.rate=5").settings())
        .containsExactly(Map.entry("network.filter", "tcp[13]=2"), Map.entry("ui.rate", "5"));
  }

  @Test
  void shouldAllowOptionsBehindTheCommandOfExec() throws LaunchException {
    assertThat(parse("exec module:stop ui --home home"))
        .isEqualTo(new Invocation.Exec(HERE.resolve("home"), "module:stop ui"));
  }

  @Test
  void shouldAskForTheSameInTheBackground() throws LaunchException {
    var start = (Invocation.Start) parse("start --home h --exit-when-done --source pcap:a.pcap");

    assertThat(start.run().home()).isEqualTo(HERE.resolve("h"));
    assertThat(parse(String.join(" ", start.run().words())))
        .isEqualTo(run("--headless --exit-when-done --source pcap:/srv/here/a.pcap"));
  }

  @Test
  void shouldTakeTheHomeForWhatIsAskedOfARunningDevice() throws LaunchException {
    Path home = HERE.resolve("h");

    assertThat(parse("stop --home h")).isEqualTo(new Invocation.Stop(home));
    assertThat(parse("status --home=h")).isEqualTo(new Invocation.Status(home));
    assertThat(parse("console --home h")).isEqualTo(new Invocation.Console(home));
    assertThat(parse("doctor")).isEqualTo(new Invocation.Doctor(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help", "run --help", "run --source --help"})
  void shouldHelpWhereverItIsAskedFor(String words) throws LaunchException {
    assertThat(parse(words)).isInstanceOf(Invocation.Help.class);
  }

  @Test
  void shouldHelpWhenNothingIsGiven() throws LaunchException {
    assertThat(new CommandLine(HERE).parse(java.util.List.of()))
        .isInstanceOf(Invocation.Help.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rum                     | unknown command 'rum': did you mean run?
          frobnicate              | unknown command 'frobnicate' (
          run --headles           | unknown option '--headles': did you mean --headless?
          run --exit              | unknown option '--exit': did you mean --exit-when-done?
          run extra               | unknown option 'extra' (
          run --source            | --source needs auto, live:IFACE, pcap:FILE or sample behind it
          run --home --headless   | --home needs a directory behind it
          run --home=             | --home needs a directory behind it
          run --source live:      | unknown source 'live:'; sources are
          run --source a.pcap     | unknown source 'a.pcap': did you mean pcap:a.pcap?
          run --set x=1           | --set 'x=1' is not MODULE.KEY=VALUE
          start --headles         | unknown option '--headles': did you mean --headless?
          stop now                | unknown option 'now' (
          stat                    | unknown command 'stat': did you mean start?
          exec                    | exec needs a command
          exec --hme x            | unknown option '--hme': did you mean --home?
          """)
  void shouldSayWhatIsWrong(String words, String problem) {
    assertThatThrownBy(() -> parse(words))
        .hasMessageContaining(problem)
        .hasMessageNotContaining("\n")
        .isInstanceOfSatisfying(
            LaunchException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void shouldTakeHomeFromEnvironmentThenDistributionThenUser(@TempDir Path writable)
      throws LaunchException {
    var line = new CommandLine(HERE);
    Path user = Path.of("/home/user");

    assertThat(line.defaultHome("device", writable, user)).isEqualTo(HERE.resolve("device"));
    assertThat(line.defaultHome("", writable, user)).isEqualTo(writable);
    assertThat(line.defaultHome(null, Path.of("/no/such"), user)).isEqualTo(user.resolve(".sonde"));
  }
}
