package dev.sonde.bridge.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.spi.EventFormatException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plain values as JSON (RFC 8259), and back.
final class JsonText {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// RFC 3339 in UTC, always with microseconds, so that lines sort as text.
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

  private static final long MICROS = 1_000_000;

  /// The last second that was written: the next event is mostly of the same.
  private static volatile Second last = new Second(0, SECOND.format(Instant.EPOCH));

  private record Second(long epoch, String text) {}

  private static final String REMEDY =
      "write names and texts in double quotes, and all of it in single ones: '{\"name\": \"text\"}'";

  private JsonText() {}

  static String write(Envelope envelope, Object components) {
    return generate(
        json -> {
          json.writeStartObject();
          json.writeNumberField("seq", envelope.sequence());
          json.writeStringField("time", time(envelope.epochMicros()));
          json.writeStringField("topic", envelope.topic());
          json.writeStringField("module", envelope.module());
          if (envelope.causedBy() != Envelope.NO_CAUSE) {
            json.writeNumberField("causedBy", envelope.causedBy());
          }
          json.writeFieldName("event");
          writeValue(json, components);
          json.writeEndObject();
        });
  }

  private static String time(long epochMicros) {
    long epoch = Math.floorDiv(epochMicros, MICROS);
    Second second = last;
    if (second.epoch != epoch) {
      second = new Second(epoch, SECOND.format(Instant.ofEpochSecond(epoch)));
      last = second;
    }
    // Seven digits, the first of which is a 1 that keeps the zeros behind it.
    String micros = Long.toString(MICROS + Math.floorMod(epochMicros, MICROS));
    return second.text + micros.substring(1) + "Z";
  }

  static String write(@Nullable Object value) {
    return generate(json -> writeValue(json, value));
  }

  /// Writes JSON.
  @FunctionalInterface
  private interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  private static String generate(Writing writing) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return escapeLoneSurrogates(text.toString());
  }

  private static void writeValue(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Boolean bool -> json.writeBoolean(bool);
      case Double number -> json.writeNumber(number);
      case Float number -> json.writeNumber(number);
      case Number number -> json.writeNumber(number.toString());
      case byte[] bytes -> json.writeBinary(bytes);
      case List<?> list -> {
        json.writeStartArray();
        for (Object element : list) {
          writeValue(json, element);
        }
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          writeValue(json, entry.getValue());
        }
        json.writeEndObject();
      }
      default -> json.writeString(value.toString());
    }
  }

  /// Half a surrogate pair has no UTF-8 form; escaped, it survives.
  private static String escapeLoneSurrogates(String json) {
    StringBuilder escaped = null;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < json.length()
              && Character.isLowSurrogate(json.charAt(i + 1));
      if (pair) {
        if (escaped != null) {
          escaped.append(c).append(json.charAt(i + 1));
        }
        i++;
      } else if (Character.isSurrogate(c)) {
        if (escaped == null) {
          escaped = new StringBuilder(json.length() + 16).append(json, 0, i);
        }
        escaped.append(String.format("\\u%04x", (int) c));
      } else if (escaped != null) {
        escaped.append(c);
      }
    }
    return escaped == null ? json : escaped.toString();
  }

  /// Reads one object.
  ///
  /// @throws EventFormatException if it is something else, or something follows
  static Map<String, Object> readObject(String text) throws EventFormatException {
    try (JsonParser json = FACTORY.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new EventFormatException("'" + shorten(text) + "' is no JSON object; " + REMEDY);
      }
      Map<String, Object> read = object(json);
      if (json.nextToken() != null) {
        throw new EventFormatException(
            "Something follows after the JSON object's end, at column "
                + json.currentTokenLocation().getColumnNr()
                + "; "
                + REMEDY);
      }
      return read;
    } catch (JsonProcessingException e) {
      var location = e.getLocation();
      throw new EventFormatException(
          "No JSON at column "
              + (location == null ? 1 : location.getColumnNr())
              + ": "
              + e.getOriginalMessage()
              + "; "
              + REMEDY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static Map<String, Object> object(JsonParser json) throws IOException {
    Map<String, Object> read = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      Object value = value(json);
      if (value != null) {
        read.put(name, value);
      }
    }
    return read;
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> {
        List<Object> read = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          Object element = value(json);
          if (element != null) {
            read.add(element);
          }
        }
        yield read;
      }
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }
}
