package com.acme.hellodns;

import dev.sonde.bus.*;
import dev.sonde.event.network.DnsQuery;
import java.util.HashSet;
import org.osgi.service.component.annotations.Component;

@Component
public class HelloDns implements SondeModule {
  @Topic("com/acme/dns/NAME_SEEN")
  public record NameSeen(String name, int count) implements Event {}
  @Override
  public void start(ModuleContext context) {
    var names = new HashSet<String>();
    context.on(DnsQuery.class, (query, at) -> {
      if (names.size() < 10_000 && names.add(query.name()))
        context.publish(new NameSeen(query.name(), names.size()));
    });
  }
}
