package org.eglr.spark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what a {@link Packer} wrote. */
final class Unpacker {

  private final ByteBuffer buffer;

  Unpacker(byte[] bytes) {
    buffer = ByteBuffer.wrap(bytes);
  }

  int integer() {
    return buffer.getInt();
  }

  long longInteger() {
    return buffer.getLong();
  }

  double real() {
    return buffer.getDouble();
  }

  int[] integers() {
    int length = integer();
    if (length < 0) {
      return null;
    }
    int[] values = new int[length];
    buffer.asIntBuffer().get(values);
    skip(Integer.BYTES * length);
    return values;
  }

  float[] floats() {
    int length = integer();
    if (length < 0) {
      return null;
    }
    float[] values = new float[length];
    buffer.asFloatBuffer().get(values);
    skip(Float.BYTES * length);
    return values;
  }

  double[] doubles() {
    int length = integer();
    if (length < 0) {
      return null;
    }
    double[] values = new double[length];
    buffer.asDoubleBuffer().get(values);
    skip(Double.BYTES * length);
    return values;
  }

  double[] floatsAsDoubles() {
    int length = integer();
    if (length < 0) {
      return null;
    }
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = buffer.getFloat();
    }
    return values;
  }

  double[][] rows() {
    int length = integer();
    if (length < 0) {
      return null;
    }
    double[][] values = new double[length][];
    for (int i = 0; i < length; i++) {
      values[i] = doubles();
    }
    return values;
  }

  boolean[] flags() {
    int length = integer();
    if (length < 0) {
      return null;
    }
    boolean[] flags = new boolean[length];
    for (int i = 0; i < length; i++) {
      flags[i] = buffer.get() != 0;
    }
    return flags;
  }

  String text() {
    byte[] utf8 = new byte[integer()];
    buffer.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private void skip(int bytes) {
    buffer.position(buffer.position() + bytes);
  }
}
