package org.eglr.spark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers as bytes, to travel between driver and tasks whatever serializer Spark is set to; {@link
 * Unpacker} reads them in the same order.
 */
final class Packer {

  private ByteBuffer buffer = ByteBuffer.allocate(1 << 10);

  private ByteBuffer room(long bytes) {
    if (buffer.remaining() < bytes) {
      long wanted = Math.max(2L * buffer.capacity(), buffer.position() + bytes);
      int size = (int) Math.min(Integer.MAX_VALUE - 8, wanted);
      buffer = ByteBuffer.allocate(size).put(buffer.flip());
    }
    return buffer;
  }

  Packer add(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  Packer add(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  Packer add(double value) {
    room(Double.BYTES).putDouble(value);
    return this;
  }

  /** Null has no size; neither has it with the others below. */
  Packer add(int[] values) {
    if (size(values == null ? -1 : values.length)) {
      ByteBuffer into = room((long) Integer.BYTES * values.length);
      into.asIntBuffer().put(values);
      into.position(into.position() + Integer.BYTES * values.length);
    }
    return this;
  }

  Packer add(float[] values) {
    if (size(values == null ? -1 : values.length)) {
      ByteBuffer into = room((long) Float.BYTES * values.length);
      into.asFloatBuffer().put(values);
      into.position(into.position() + Float.BYTES * values.length);
    }
    return this;
  }

  Packer add(double[] values) {
    if (size(values == null ? -1 : values.length)) {
      ByteBuffer into = room((long) Double.BYTES * values.length);
      into.asDoubleBuffer().put(values);
      into.position(into.position() + Double.BYTES * values.length);
    }
    return this;
  }

  /** Rounded to float. */
  Packer addAsFloats(double[] values) {
    if (size(values == null ? -1 : values.length)) {
      ByteBuffer into = room((long) Float.BYTES * values.length);
      for (double value : values) {
        into.putFloat((float) value);
      }
    }
    return this;
  }

  Packer add(double[][] values) {
    if (size(values == null ? -1 : values.length)) {
      for (double[] row : values) {
        add(row);
      }
    }
    return this;
  }

  Packer add(boolean[] flags) {
    if (size(flags == null ? -1 : flags.length)) {
      ByteBuffer into = room(flags.length);
      for (boolean flag : flags) {
        into.put((byte) (flag ? 1 : 0));
      }
    }
    return this;
  }

  Packer add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    add(utf8.length);
    room(utf8.length).put(utf8);
    return this;
  }

  private boolean size(int length) {
    add(length);
    return length > 0;
  }

  byte[] bytes() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
