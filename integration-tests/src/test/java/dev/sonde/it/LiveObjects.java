package dev.sonde.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/// What there is in this JVM.
final class LiveObjects {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Threads of the JDK's pools, that carry virtual threads for example, come under another name
  /// each time, and stay for a while: nobody's leak.
  private static final String POOLED = "ForkJoinPool";

  private LiveObjects() {}

  /// Collects, and counts what is left of each class. Classes of one name, from several class
  /// loaders, are counted together.
  static SortedMap<String, Long> count() throws JMException {
    return histogram()
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words[0].matches("\\d+:"))
        .collect(
            Collectors.groupingBy(
                words -> words[3],
                TreeMap::new,
                Collectors.summingLong(words -> Long.parseLong(words[1]))));
  }

  private static String histogram() throws JMException {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
  }

  /// The names of all threads in order, those of virtual threads too, without the JDK's pools.
  static List<String> threads() throws Exception {
    Path folder = Files.createTempDirectory("threads");
    Path dump = folder.resolve("dump.json");
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
      return JSON.readTree(dump.toFile()).findValues("name").stream()
          .map(JsonNode::asText)
          .filter(name -> !name.startsWith(POOLED))
          .sorted()
          .toList();
    } finally {
      Files.deleteIfExists(dump);
      Files.delete(folder);
    }
  }
}
