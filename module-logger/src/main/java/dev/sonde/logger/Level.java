package dev.sonde.logger;

import dev.sonde.bus.Envelope;
import dev.sonde.event.log.LogLine;
import dev.sonde.event.module.ConfigurationRejected;
import dev.sonde.event.module.EventsMissed;
import dev.sonde.event.module.ForkFailed;
import dev.sonde.event.module.HandlerFailed;
import dev.sonde.event.module.JarRejected;
import dev.sonde.event.module.ModuleState;
import dev.sonde.event.module.ModuleStateChanged;
import dev.sonde.event.module.ModuleStuck;
import dev.sonde.event.network.CaptureFailed;
import dev.sonde.event.network.CaptureInterrupted;
import dev.sonde.event.network.CaptureStarted;
import dev.sonde.event.network.CaptureStopped;
import dev.sonde.log.Severity;

/// How grave an event is; in a console rule, the least that is shown.
enum Level {
  /// Something happened.
  INFO,
  /// Something needs a look: it works less well than it should.
  WARNING,
  /// Something failed.
  ERROR,
  /// Above all: as a rule, nothing is shown. No event has it.
  OFF;

  /// Judges an event. Of third parties' events only alerts are known: those with a token `alert` in
  /// their topic.
  static Level of(Envelope at) {
    return switch (at.event()) {
      case ModuleStateChanged change -> of(change.to());
      case LogLine line -> of(line.severity());
      case HandlerFailed _, ForkFailed _, JarRejected _, CaptureFailed _ -> ERROR;
      case EventsMissed _, ModuleStuck _, ConfigurationRejected _, CaptureInterrupted _ -> WARNING;
      case CaptureStarted started when !started.note().isEmpty() -> WARNING;
      case CaptureStopped stopped when !stopped.warning().isEmpty() -> WARNING;
      default -> at.topic().contains("/alert/") ? WARNING : INFO;
    };
  }

  private static Level of(Severity severity) {
    return switch (severity) {
      case TRACE, DEBUG, INFO -> INFO;
      case WARNING -> WARNING;
      case ERROR -> ERROR;
    };
  }

  private static Level of(ModuleState state) {
    return switch (state) {
      case FAILED, QUARANTINED -> ERROR;
      case WAITING, DEGRADED, BACKOFF -> WARNING;
      case INSTALLED, STARTING, ACTIVE, STOPPING, STOPPED -> INFO;
    };
  }
}
