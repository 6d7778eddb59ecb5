package dev.sonde.network;

import dev.sonde.event.network.RawText;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// Reads a ClientHello (RFC 8446 §4.1.2) out of the records that carry it. Filled anew by each.
final class TlsHello {

  private static final int HANDSHAKE = 22;
  private static final int RECORD_HEADER_BYTES = 5;
  private static final int HANDSHAKE_HEADER_BYTES = 4;
  private static final int RANDOM_BYTES = 32;

  private static final int SERVER_NAME = 0;
  private static final int ALPN = 16;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int ENCRYPTED_CLIENT_HELLO = 0xFE0D;

  private RawText serverName = RawText.EMPTY;
  private List<RawText> alpn = List.of();
  private int version;
  private boolean encrypted;

  /// Whether all records that carry the message are there. A record of another kind ends the wait:
  /// then there is no more to come.
  static boolean isWhole(ByteView stream) {
    int at = 0;
    int gathered = 0;
    int wanted = HANDSHAKE_HEADER_BYTES;
    while (gathered < wanted) {
      if (stream.length() < at + RECORD_HEADER_BYTES) {
        return false;
      }
      int length = stream.u16(at + 3);
      if (stream.u8(at) != HANDSHAKE || length == 0) {
        return true;
      }
      if (stream.length() < at + RECORD_HEADER_BYTES + length) {
        return false;
      }
      if (gathered == 0 && length >= HANDSHAKE_HEADER_BYTES) {
        wanted = HANDSHAKE_HEADER_BYTES + stream.u24(at + RECORD_HEADER_BYTES + 1);
      }
      gathered += length;
      at += RECORD_HEADER_BYTES + length;
    }
    return true;
  }

  /// Reads one that is whole; of one that breaks its rules, what stands before that.
  ///
  /// @throws TruncatedException if it breaks its rules
  void read(ByteView stream) {
    serverName = RawText.EMPTY;
    alpn = List.of();
    encrypted = false;
    ByteView message = ByteView.of(content(stream));
    int at = HANDSHAKE_HEADER_BYTES;
    version = message.u16(at);
    at += 2 + RANDOM_BYTES;
    at += 1 + message.u8(at);
    at += 2 + message.u16(at);
    at += 1 + message.u8(at);
    if (at < message.length()) {
      extensions(message, at + 2, Math.min(message.length(), at + 2 + message.u16(at)));
    }
  }

  /// The records without their headers.
  private static byte[] content(ByteView stream) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int at = 0;
    while (at + RECORD_HEADER_BYTES < stream.length() && stream.u8(at) == HANDSHAKE) {
      int length = Math.min(stream.u16(at + 3), stream.length() - at - RECORD_HEADER_BYTES);
      content.writeBytes(stream.copy(at + RECORD_HEADER_BYTES, length));
      at += RECORD_HEADER_BYTES + length;
    }
    return content.toByteArray();
  }

  private void extensions(ByteView message, int from, int end) {
    int at = from;
    while (at + 4 <= end) {
      int length = message.u16(at + 2);
      message.require(at + 4, length);
      extension(message.u16(at), message, at + 4, at + 4 + length);
      at += 4 + length;
    }
  }

  private void extension(int type, ByteView message, int at, int end) {
    switch (type) {
      case SERVER_NAME -> serverName(message, at, end);
      case ALPN -> alpn(message, at + 2, end);
      case SUPPORTED_VERSIONS -> versions(message, at + 1, end);
      case ENCRYPTED_CLIENT_HELLO -> encrypted = true;
      default -> {}
    }
  }

  /// The first name that is a host's (RFC 6066 §3).
  private void serverName(ByteView message, int from, int end) {
    if (end - from > 5 && message.u8(from + 2) == 0) {
      int length = Math.min(message.u16(from + 3), end - from - 5);
      serverName = new RawText(message.bytes(from + 5, length));
    }
  }

  private void alpn(ByteView message, int from, int end) {
    List<RawText> protocols = new ArrayList<>();
    for (int at = from; at < end; at += 1 + message.u8(at)) {
      protocols.add(new RawText(message.bytes(at + 1, message.u8(at))));
    }
    alpn = protocols;
  }

  /// The highest, without those that are there as grease (RFC 8701).
  private void versions(ByteView message, int from, int end) {
    for (int at = from; at + 2 <= end; at += 2) {
      int offered = message.u16(at);
      boolean grease = (offered & 0x0F0F) == 0x0A0A;
      version = grease ? version : Math.max(version, offered);
    }
  }

  RawText serverName() {
    return serverName;
  }

  List<RawText> alpn() {
    return alpn;
  }

  String version() {
    return switch (version) {
      case 0x0300 -> "SSL 3.0";
      case 0x0301 -> "TLS 1.0";
      case 0x0302 -> "TLS 1.1";
      case 0x0303 -> "TLS 1.2";
      case 0x0304 -> "TLS 1.3";
      default -> "0x%04x".formatted(version);
    };
  }

  boolean encryptedClientHello() {
    return encrypted;
  }
}
