package org.eglr.internal.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eglr.ModelFileException;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.junit.jupiter.api.Test;

/** Two tensors, [2, 1] and [3], whose header is written by hand. */
class SafeTensorsTest {

  private static final String A =
      "\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}";
  private static final String B = "\"b\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[8,20]}";

  private static Weights blank() {
    return new Weights(
        List.of(
            new Tensor("a", new int[] {2, 1}, new float[2], false),
            new Tensor("b", new int[] {3}, new float[3], false)));
  }

  private static byte[] file(byte[] header, float... values) {
    ByteBuffer file =
        ByteBuffer.allocate(8 + header.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header);
    for (float value : values) {
      file.putFloat(value);
    }
    return file.array();
  }

  private static byte[] file(String header, float... values) {
    return file(header.getBytes(StandardCharsets.UTF_8), values);
  }

  private static void refused(byte[] file, String part) {
    String message =
        assertThrows(ModelFileException.class, () -> SafeTensors.read(file, blank(), "w"))
            .getMessage();
    assertTrue(message.startsWith("w: ") && message.contains(part), message);
  }

  private static void refused(String a, String b, String part) {
    refused(file("{" + a + "," + b + "}", 1, 2, 3, 4, 5), part);
  }

  /** The first tensor's entry with something else in it. */
  private static void a(String from, String to, String part) {
    assertTrue(A.contains(from));
    refused(A.replace(from, to), B, part);
  }

  @Test
  void tensors_may_lie_in_any_order_and_metadata_may_be_absent() {
    Weights read = blank();
    SafeTensors.read(file("{" + A + "," + B + "}", 1, 2, 3, 4, 5), read, "w");
    assertArrayEquals(new float[] {1, 2}, read.data("a"));
    assertArrayEquals(new float[] {3, 4, 5}, read.data("b"));
    String swapped = "{\"__metadata__\":{\"x\":\"y\"}," + A.replace("0,8", "12,20") + ",";
    SafeTensors.read(file(swapped + B.replace("8,20", "0,12") + "}  ", 1, 2, 3, 4, 5), read, "w");
    assertArrayEquals(new float[] {4, 5}, read.data("a"));
    assertArrayEquals(new float[] {1, 2, 3}, read.data("b"));
  }

  @Test
  void offsets_are_whole_numbers() {
    String allowed = "; allowed: two whole numbers";
    for (String other :
        new String[] {
          "0.0,8",
          "0,8.0",
          "0,8e0",
          "\"0\",8",
          "0,\"8\"",
          "null,8",
          "true,8",
          "[0],8",
          "0,{}",
          "0",
          "",
          "0,8,8",
          "0,9223372036854775808",
          "0,18446744073709551624",
          "-9223372036854775809,8"
        }) {
      a("[0,8]", "[" + other + "]", "tensor 'a' has data_offsets [");
      a("[0,8]", "[" + other + "]", allowed);
    }
    a("[0,8]", "{\"0\":0,\"1\":8}", allowed);
    a("[0,8]", "8", allowed);
  }

  @Test
  void offsets_that_lie_outside_or_wrap_around() {
    String place = "the file is truncated or altered";
    for (String other :
        new String[] {
          "0,7",
          "0,12",
          "8,0",
          "-8,0",
          "16,24",
          "20,28",
          "9223372036854775800,-9223372036854775808",
          "0,9223372036854775807",
          "-9223372036854775808,-9223372036854775800",
          "4294967296,4294967304"
        }) {
      a("0,8", other, place);
    }
  }

  @Test
  void tensors_that_overlap_or_leave_gaps() {
    a("0,8", "8,16", "two tensors lie at byte 8");
    a("0,8", "4,12", "tensor 'a' begins at byte 4; the one before it ends at 0");
    refused(
        A, B.replace("8,20", "4,16"), "tensor 'b' begins at byte 4; the one before it ends at 8");
    refused(file("{" + A + "," + B + "}", 1, 2, 3, 4, 5, 6), "its tensors have 20 bytes of 24");
    refused(
        file("{" + A + "," + B.replace("8,20", "12,24") + "}", 1, 2, 3, 4, 5, 6),
        "tensor 'b' begins at byte 12; the one before it ends at 8");
  }

  @Test
  void shapes_and_types_that_are_written_otherwise() {
    for (String other :
        new String[] {
          "2.0,1", "\"2\",1", "2,1,1", "2", "", "1,2", "-2,-1", "4294967298,1", "null,1"
        }) {
      a("[2,1]", "[" + other + "]", "has shape [");
    }
    a("[2,1]", "2", "has shape 2, the settings ask for [2, 1]");
    a("\"F32\"", "\"F16\"", "tensor 'a' is F16, not F32");
    a("\"F32\"", "32", "tensor 'a' is 32, not F32");
  }

  @Test
  void members_that_are_unknown_doubled_or_missing() {
    String allowed = "; allowed: dtype, shape and data_offsets";
    a("\"dtype\"", "\"x\":1,\"dtype\"", "described by [x, dtype, shape, data_offsets]" + allowed);
    a("\"dtype\":\"F32\",", "", "described by [shape, data_offsets]" + allowed);
    a("\"dtype\"", "\"shape\":[2,1],\"dtype\"", "Duplicate field 'shape'");
    refused("\"a\":5", B, "described by 5" + allowed);
    refused("\"a\":[1,2,3]", B, "described by [1,2,3]" + allowed);
    refused(A + "," + A, B, "Duplicate field 'a'");
    refused(A + ",\"c\":{}", B, "tensor 'c' does not belong to this model");
    refused("\"c\":{}", B, "tensor 'a' is missing");
    refused("\"__metadata__\":{\"x\":1}," + A, B, "its metadata holds the value 1");
  }

  @Test
  void headers_that_are_none() {
    refused(new byte[7], "it has 7 bytes, fewer than its header");
    refused(file("[1,2]"), "its header is not a JSON object");
    refused(file("{} {}"), "its header is not JSON");
    refused(file(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'}), "not UTF-8");
    refused(file("[".repeat(100_000)), "its header is not JSON");
    for (long length : new long[] {-1, 0, 1, 100, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE}) {
      byte[] file = file("{" + A + "}", 1, 2);
      ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      refused(file, length == 100 ? "its header claims 100 bytes of" : "its header claims");
    }
  }

  @Test
  void a_size_that_cannot_hold_the_values_is_refused_before_they_are_made() {
    long values = 1_600_000_000; // 6 GB
    String message =
        assertThrows(
                ModelFileException.class, () -> SafeTensors.requireSize(14_000_000, values, "w"))
            .getMessage();
    assertTrue(
        message.contains(
            "it has 14,000,000 bytes; settings and vocabularies ask for 1,600,000,000"),
        message);
    SafeTensors.requireSize(4 * values + 100, values, "w");
    assertThrows(
        ModelFileException.class,
        () -> SafeTensors.requireSize(4 * values + (5 << 20), values, "w"));
  }

  @Test
  void what_it_writes_it_reads() throws IOException {
    Weights some = blank();
    some.data("a")[1] = -0.0f;
    some.data("b")[2] = Float.MIN_VALUE;
    Weights read = blank();
    SafeTensors.read(SafeTensors.write(some), read, "w");
    assertArrayEquals(some.data("a"), read.data("a"));
    assertArrayEquals(some.data("b"), read.data("b"));
  }
}
