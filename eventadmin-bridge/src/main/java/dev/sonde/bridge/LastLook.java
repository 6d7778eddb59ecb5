package dev.sonde.bridge;

/// What a module's thread saw when it last looked for events; used by that thread only. On cache
/// lines of its own: whoever publishes reads the mailbox and the agenda for every event.
final class LastLook extends Padding {

  /// Up to this sequence, everything had arrived.
  long watermark;

  /// Nothing was there.
  boolean inVain;

  @SuppressWarnings("unused")
  private long after1;

  @SuppressWarnings("unused")
  private long after2;

  @SuppressWarnings("unused")
  private long after3;

  @SuppressWarnings("unused")
  private long after4;

  @SuppressWarnings("unused")
  private long after5;

  @SuppressWarnings("unused")
  private long after6;

  @SuppressWarnings("unused")
  private long after7;

  @SuppressWarnings("unused")
  private long after8;
}
