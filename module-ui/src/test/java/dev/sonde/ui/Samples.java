package dev.sonde.ui;

import dev.sonde.event.module.ModuleState;
import dev.sonde.event.module.ModuleStateChanged;
import dev.sonde.event.network.DnsQuery;
import dev.sonde.event.network.DnsResponse;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/// Events of which only a part matters to the screen.
final class Samples {

  private static final InetAddress HOST = InetAddress.getLoopbackAddress();

  private Samples() {}

  static DnsQuery query(String name, String type) {
    return new DnsQuery("sample", Instant.EPOCH, HOST, HOST, 1, name, type);
  }

  static DnsResponse response(String name, String type, String code) {
    return new DnsResponse("sample", Instant.EPOCH, HOST, HOST, 1, name, type, code, List.of());
  }

  static ModuleStateChanged state(String name, ModuleState state) {
    return new ModuleStateChanged(name, "bundle." + name, "1.0.0", state, state, "");
  }
}
