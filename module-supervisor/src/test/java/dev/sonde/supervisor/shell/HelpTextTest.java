package dev.sonde.supervisor.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.junit.jupiter.api.Test;

class HelpTextTest {

  static final class Commands {

    private Commands() {}

    @Descriptor("starts a module, waits until it runs, and says so in more words than fit a line")
    public void start(
        CommandSession session,
        @Descriptor("quietly")
            @Parameter(
                names = {"-q", "--quiet"},
                presentValue = "true",
                absentValue = "false")
            boolean quiet,
        @Descriptor("its name") String name) {}

    @Descriptor("stops it")
    public void stop(@Descriptor("their names") String[] names) {}
  }

  private final HelpText help =
      new HelpText(
          List.of(
              entry("felix", "lb"),
              entry("module", "start"),
              entry("module", "stop"),
              entry("valve", "open")));

  private static CommandEntry entry(String scope, String function) {
    return new CommandEntry(
        scope,
        function,
        Arrays.stream(Commands.class.getDeclaredMethods())
            .filter(method -> method.getName().equals(function))
            .toList());
  }

  @Test
  void shouldListCommandsByScopeAndOnlyMentionThePlatform() {
    assertThat(help.overview())
        .startsWith("module      start  stop\nvalve       open\n")
        .contains("help felix.")
        .doesNotContain("lb");
  }

  @Test
  void shouldListTheCommandsOfAScope() {
    assertThat(help.about("module"))
        .isEqualTo(
            """
            module:start  starts a module, waits until it runs, and says so in more words
                          than fit a line
            module:stop   stops it
            """);
    assertThat(help.about("felix")).isEqualTo("felix:lb\n");
  }

  @Test
  void shouldExplainACommandWithOrWithoutItsScope() {
    assertThat(help.about("stop"))
        .isEqualTo(help.about("module:stop"))
        .startsWith("module:stop ")
        .contains("...\n    stops it\n")
        .contains("their names");
  }

  @Test
  void shouldShowOptionsAndNotTheSession() {
    assertThat(help.about("module:start"))
        .startsWith("module:start [-q|--quiet] ")
        .contains("      -q|--quiet        quietly\n")
        .doesNotContainIgnoringCase("session");
  }

  @Test
  void shouldSayWhatIsUnknown() {
    assertThatThrownBy(() -> help.about("modul"))
        .hasMessage("no command or scope 'modul': help lists them");
  }

  @Test
  void shouldFit80Columns() {
    assertThat(Stream.of(help.overview(), help.about("module"), help.about("module:start")))
        .allSatisfy(text -> assertThat(text.lines()).allMatch(line -> line.length() <= 80));
  }
}
