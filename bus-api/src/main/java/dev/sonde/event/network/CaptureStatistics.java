package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// The figures of one capture since it began; published once a second while they change, and at its
/// end. The counters of frames, one count a frame, carry the names that the independent counts of
/// the test captures have.
///
/// @param source which capture
/// @param packets frames delivered by the source
/// @param arp frames with an ARP packet
/// @param dns_query frames with a DNS query
/// @param dns_response frames with a DNS response
/// @param mdns frames with multicast DNS
/// @param llmnr frames with link-local multicast name resolution (RFC 4795)
/// @param dhcp frames with DHCP
/// @param tls_client_hello frames that end a TLS ClientHello
/// @param tls_sni those of them that name a server
/// @param tls_sni_unique server names, each once
/// @param wifi_beacon 802.11 beacons
/// @param wifi_probe_request 802.11 probe requests
/// @param wifi_probe_response 802.11 probe responses
/// @param wifi_authentication 802.11 authentication frames
/// @param wifi_association_request 802.11 association requests
/// @param wifi_association_response 802.11 association responses
/// @param wifi_reassociation_request 802.11 reassociation requests
/// @param wifi_deauthentication 802.11 deauthentication frames
/// @param wifi_disassociation 802.11 disassociation frames
/// @param eapol frames with EAPOL (IEEE 802.1X)
/// @param bytes captured bytes of all frames
/// @param parseErrors frames that could not be dissected to the end
/// @param evicted rows of state that had to make room for others before their time
/// @param droppedByKernel frames lost because the capture's buffer was full, 0 for files
/// @param droppedByInterface frames lost by the interface, 0 for files
/// @param droppedByUs frames that a recording had to leave out
@Topic(value = "sonde/network/STATISTICS", key = "source", retained = true)
@SuppressWarnings("MemberName")
public record CaptureStatistics(
    String source,
    long packets,
    long arp,
    long dns_query,
    long dns_response,
    long mdns,
    long llmnr,
    long dhcp,
    long tls_client_hello,
    long tls_sni,
    long tls_sni_unique,
    long wifi_beacon,
    long wifi_probe_request,
    long wifi_probe_response,
    long wifi_authentication,
    long wifi_association_request,
    long wifi_association_response,
    long wifi_reassociation_request,
    long wifi_deauthentication,
    long wifi_disassociation,
    long eapol,
    long bytes,
    long parseErrors,
    long evicted,
    long droppedByKernel,
    long droppedByInterface,
    long droppedByUs)
    implements NetworkEvent {

  /// Builds it from figures by name.
  ///
  /// @param source which capture
  /// @param figures by the names of the components; those that are left out are 0
  /// @return the event
  /// @throws IllegalArgumentException if a name is none of a component
  public static CaptureStatistics of(String source, Map<String, Long> figures) {
    Map<String, Long> left = new LinkedHashMap<>(figures);
    Object[] values =
        Arrays.stream(CaptureStatistics.class.getRecordComponents())
            .map(RecordComponent::getName)
            .map(name -> name.equals("source") ? source : takeOrZero(left, name))
            .toArray();
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("There are no figures " + left.keySet());
    }
    try {
      return (CaptureStatistics) CaptureStatistics.class.getConstructors()[0].newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The figures do not fit the event", e);
    }
  }

  private static Long takeOrZero(Map<String, Long> figures, String name) {
    return Objects.requireNonNullElse(figures.remove(name), 0L);
  }

  /// All figures by name, in the order of the components.
  ///
  /// @return a new map
  public Map<String, Long> figures() {
    Map<String, Long> figures = new LinkedHashMap<>();
    for (RecordComponent each : CaptureStatistics.class.getRecordComponents()) {
      if (each.getType() == long.class) {
        figures.put(each.getName(), figure(each));
      }
    }
    return figures;
  }

  private Long figure(RecordComponent component) {
    try {
      return (Long) component.getAccessor().invoke(this);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The figure " + component.getName() + " is lost", e);
    }
  }
}
