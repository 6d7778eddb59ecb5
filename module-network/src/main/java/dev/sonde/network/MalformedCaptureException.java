package dev.sonde.network;

import java.io.IOException;

/// A capture file breaks its format's rules, so that nothing after this place can be read.
final class MalformedCaptureException extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedCaptureException(String message) {
    super(message);
  }
}
