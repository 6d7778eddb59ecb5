package dev.sonde.network;

/// Where frames come from: an interface, a file, the built-in sample.
///
/// One thread opens, reads and closes a source; only [#cancel] may be called from another.
interface PacketSource extends AutoCloseable {

  /// The link type of the first interface, a `LINKTYPE_` number.
  int linkType();

  /// Reads the next frame. Waits where the source is live.
  ///
  /// @param into is moved over the source's own buffer; good until the next call
  /// @return false at the end, and after [#cancel]
  /// @throws CaptureException if the source broke
  boolean next(Frame into) throws CaptureException;

  /// What was lost before it got here, so far.
  default Drops drops() throws CaptureException {
    return Drops.NONE;
  }

  /// What the user should know at the end, such as a file that ends within a record.
  ///
  /// @return empty if nothing
  default String warning() {
    return "";
  }

  /// Makes a [#next] that waits return soon, with false. May be called more than once, also after
  /// [#close].
  default void cancel() {}

  @Override
  void close();

  /// Frames lost since the capture began.
  ///
  /// @param byKernel because the capture's buffer was full
  /// @param byInterface in the interface or its driver
  record Drops(long byKernel, long byInterface) {

    static final Drops NONE = new Drops(0, 0);
  }
}
