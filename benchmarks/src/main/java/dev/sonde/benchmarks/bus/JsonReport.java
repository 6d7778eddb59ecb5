package dev.sonde.benchmarks.bus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Every measurement, in a file.
final class JsonReport {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonReport() {}

  static void write(Measurements measurements, Path file) throws IOException {
    Map<String, Object> ratios = new LinkedHashMap<>();
    Ratios.of(measurements).forEach((name, median) -> ratios.put(name, median.orElse(null)));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("java", System.getProperty("java.vm.version"));
    all.put("processors", Runtime.getRuntime().availableProcessors());
    all.put("options", BenchmarkFiles.deviceOptions());
    all.put("measurements", measurements.all().stream().map(JsonReport::of).toList());
    all.put("ratios", ratios);
    JSON.writeValue(file.toFile(), all);
  }

  private static Map<String, Object> of(Measurement measurement) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("round", measurement.round());
    one.put("shape", measurement.work().shape().label());
    one.put("contender", measurement.work().contender().label());
    measurement.figures().forEach((figure, value) -> one.put(figure.label(), value));
    if (measurement.isVoid()) {
      one.put("void", measurement.fault());
    }
    return one;
  }
}
