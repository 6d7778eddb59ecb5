package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/// A client begins a TLS connection (RFC 8446 §4.1.2), also if its hello spans several segments.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param client who connects
/// @param clientPort its TCP port
/// @param server whom it connects to
/// @param serverPort its TCP port
/// @param serverName whom the client means (RFC 6066 §3); empty if it does not say
/// @param alpn the protocols that it offers, in its order (RFC 7301)
/// @param version the highest version that it offers: `TLS 1.3`, `TLS 1.2`, ..., or `0x` and its
///     number
/// @param encryptedClientHello whether it carries an encrypted hello, real or as grease; the server
///     name is then the public one
@Topic("sonde/network/tls/CLIENT_HELLO")
public record TlsClientHello(
    String source,
    Instant captured,
    InetAddress client,
    int clientPort,
    InetAddress server,
    int serverPort,
    RawText serverName,
    List<RawText> alpn,
    String version,
    boolean encryptedClientHello)
    implements NetworkEvent {

  /// Copies the list.
  public TlsClientHello {
    alpn = List.copyOf(alpn);
  }
}
