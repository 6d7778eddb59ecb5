package dev.sonde.network;

import org.jspecify.annotations.Nullable;

/// Where frames come from: an interface, a file, the built-in sample.
///
/// One thread opens, reads and closes a source; only [#cancel] may be called from another.
interface PacketSource extends AutoCloseable {

  /// The link type of the first interface, a `LINKTYPE_` number.
  int linkType();

  /// The next frame. Waits where the source is live.
  ///
  /// @return `null` at the end, and after [#cancel]
  /// @throws CaptureException if the source broke
  @Nullable Frame next() throws CaptureException;

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

  /// Makes a [#next] that waits return soon, with `null`. May be called more than once, also after
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
