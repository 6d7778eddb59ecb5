package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bridge.codec.Codec;
import dev.sonde.bridge.codec.EventTopics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryFormatTest {

  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

  @Test
  void shouldWriteLinesThatAreSafeToLookAt() throws Exception {
    assertThat(printed(HistoryFormat.TEXT, row("{\"name\":\"a\u009b\u202e\"}"), false))
        .isEqualTo(
            "11-01 13:00:00.250 network    a/B                     {\"name\":\"a\\x{9b}\\x{202e}\"}\n");
  }

  @Test
  void shouldWriteJsonLikeTheFile() throws Exception {
    assertThat(printed(HistoryFormat.JSON, row("{\"name\":1.50}"), false))
        .isEqualTo(
            "{\"run\":2,\"seq\":7,\"time\":\"2026-11-01T12:00:00.250000Z\",\"topic\":\"a/B\","
                + "\"module\":\"network\",\"causedBy\":6,\"event\":{\"name\":1.50}}\n");
  }

  @Test
  void shouldWriteCsvWithQuotes() throws Exception {
    assertThat(printed(HistoryFormat.CSV, row("{\"name\":\"a, b\"}"), false))
        .isEqualTo(
            "run,seq,time,topic,module,cause,level,event\r\n"
                + "2,7,2026-11-01T12:00:00.250000Z,a/B,network,6,info,"
                + "\"{\"\"name\"\":\"\"a, b\"\"}\"\r\n");
  }

  @Test
  void shouldLeaveTheColumnsOfAWholeQueryAsTheyAre() throws Exception {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("topic", "a/B");
    row.put("count", 3);

    assertThat(printed(HistoryFormat.TEXT, row, true)).isEqualTo("topic  count\na/B  3\n");
    assertThat(printed(HistoryFormat.JSON, row, true))
        .isEqualTo("{\"topic\":\"a/B\",\"count\":3}\n");
    assertThat(printed(HistoryFormat.CSV, row, true)).isEqualTo("topic,count\r\na/B,3\r\n");
  }

  @Test
  void shouldNotChooseBetweenFormats() {
    assertThatThrownBy(() -> HistoryFormat.of(true, true)).hasMessageContaining("--csv");
  }

  private static Map<String, Object> row(String event) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("run", 2);
    row.put("seq", 7L);
    row.put("time", HistoryQuery.micros(Samples.NOON));
    row.put("topic", "a/B");
    row.put("module", "network");
    row.put("cause", 6);
    row.put("level", "info");
    row.put("event", event);
    return row;
  }

  private static String printed(HistoryFormat format, Map<String, Object> row, boolean whole)
      throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    format.to(out, new Codec(new EventTopics(null)), ZURICH, whole).row(row);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
