package dev.sonde.supervisor.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a person at the shell is told; the interactive one shows an exception as its `toString`.
class PlainSessionsTest {

  // It diverts System.out when the first command runs.
  private final ThreadIOImpl threads = new ThreadIOImpl();
  private final CommandProcessorImpl gogo = new CommandProcessorImpl(threads);
  private final PlainSessions sessions = new PlainSessions(gogo);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private CommandSession session;

  /// What the shell can do here.
  public static final class Commands {

    public void say(String words) {
      System.out.println(words);
    }

    public void refuse() {
      throw new IllegalArgumentException("There is no module x; there are y, z");
    }

    public void read(String file) throws Exception {
      var _ = Files.readString(Path.of(file));
    }

    public void break_() {
      var _ = Map.of().get(null);
    }

    public void wait_() throws InterruptedException {
      throw new InterruptedException();
    }
  }

  @BeforeEach
  void open() {
    gogo.addCommand("test", new Commands());
    session = sessions.createSession(InputStream.nullInputStream(), out, out);
  }

  @AfterEach
  void close() throws Exception {
    sessions.close();
    gogo.stop();
    threads.stop();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "test:refuse          | There is no module x; there are y, z",
        "test:read /none.jar  | there is no file /none.jar",
        "test:wait_           | ''",
        "test:none            | unknown command 'test:none': help lists the commands",
        "test:say             | test:say does not take these arguments: see help test:say"
      })
  void shouldSayInOneSentenceWhatWentWrong(String command, String sentence) {
    assertThatThrownBy(() -> session.execute(command)).hasToString(sentence);
  }

  @Test
  void shouldSayWhereACommandIsBroken() {
    assertThatThrownBy(() -> session.execute("test:break_"))
        .asString()
        .startsWith(
            "test:break_ failed by a fault of its own, NullPointerException, at java.base/");
  }

  @Test
  void shouldKeepWhatWasThrown() {
    assertThatThrownBy(() -> session.execute("test:read /none.jar"))
        .hasCauseInstanceOf(NoSuchFileException.class);
  }

  @Test
  void shouldLeaveStarsToTheCommands() throws Exception {
    var _ = session.execute("test:say com/acme/*");
    var _ = sessions.createSession(session).execute("test:say 'a b/*'");

    assertThat(out.toString(UTF_8)).isEqualTo("com/acme/*\na b/*\n");
  }
}
