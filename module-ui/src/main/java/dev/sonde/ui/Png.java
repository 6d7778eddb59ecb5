package dev.sonde.ui;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Frames as PNG files (ISO/IEC 15948), two colours from a palette, one bit a pixel.
///
/// Written here since `javax.imageio` would bring all of `java.desktop` onto the device for it.
final class Png {

  /// The greatest scale: more serves nobody, and a picture must fit into memory.
  static final int LARGEST_SCALE = 32;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /// Dark and lit, as on a small OLED.
  private static final byte[] PALETTE = {
    0x0A, 0x10, 0x18, (byte) 0xB4, (byte) 0xEC, (byte) 0xFF,
  };

  private static final byte BIT_DEPTH = 1;
  private static final byte INDEXED = 3;

  private Png() {}

  /// Draws a frame.
  ///
  /// @param frame what
  /// @param scale how many pixels of the picture a pixel of the frame is wide and high, 1 to 32
  /// @return the whole file
  /// @throws IllegalArgumentException if the scale is out of range
  static byte[] encode(Frame frame, int scale) {
    if (scale < 1 || scale > LARGEST_SCALE) {
      throw new IllegalArgumentException("Scale " + scale + " is out of range; choose 1 to 32");
    }
    int width = Frame.WIDTH * scale;
    int height = Frame.HEIGHT * scale;
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put(BIT_DEPTH).put(INDEXED).put((byte) 0).put((byte) 0).put((byte) 0);

    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    chunk(file, "IHDR", header.array());
    chunk(file, "PLTE", PALETTE);
    chunk(file, "IDAT", deflate(rows(frame, scale)));
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  /// Each row begins with the number of its filter: none.
  private static byte[] rows(Frame frame, int scale) {
    int rowBytes = 1 + (Frame.WIDTH * scale / 8);
    byte[] rows = new byte[rowBytes * Frame.HEIGHT * scale];
    for (int y = 0; y < Frame.HEIGHT * scale; y++) {
      for (int x = 0; x < Frame.WIDTH * scale; x++) {
        if (frame.lit(x / scale, y / scale)) {
          rows[(y * rowBytes) + 1 + (x / 8)] |= (byte) (0x80 >> (x % 8));
        }
      }
    }
    return rows;
  }

  private static byte[] deflate(byte[] data) {
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      deflater.setInput(data);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    }
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 check = new CRC32();
    check.update(name);
    check.update(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    file.writeBytes(name);
    file.writeBytes(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
  }
}
