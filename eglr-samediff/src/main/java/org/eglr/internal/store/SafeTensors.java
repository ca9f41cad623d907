package org.eglr.internal.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import org.eglr.ModelFileException;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;

/**
 * The safetensors format: the length of a JSON header as eight little-endian bytes, the header
 * (name to dtype, shape and byte range), then the values. Only float32 is written and read. A
 * reader knows beforehand which tensors it wants, so a file decides nothing but values.
 */
final class SafeTensors {

  private static final int MAX_HEADER = 1 << 20;
  private static final long MAX_FILE = Integer.MAX_VALUE - 8;

  private SafeTensors() {}

  static byte[] write(Weights weights) throws IOException {
    ObjectNode header = StrictJson.MAPPER.createObjectNode();
    header.putObject("__metadata__").put("format", "eglr");
    long offset = 0;
    for (Tensor tensor : weights.all()) {
      ObjectNode entry = header.putObject(tensor.name()).put("dtype", "F32");
      ArrayNode shape = entry.putArray("shape");
      Arrays.stream(tensor.shape()).forEach(shape::add);
      long end = offset + 4L * tensor.data().length;
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = StrictJson.MAPPER.writeValueAsBytes(header);
    int padded = (json.length + 7) / 8 * 8;
    if (8 + padded + offset > MAX_FILE) {
      throw new ModelFileException(
          String.format(
              Locale.ROOT,
              "cannot write %,d parameters: they take %,d bytes and an entry holds at most"
                  + " %,d; choose a smaller embedding width or smaller vocabularies",
              weights.size(),
              offset,
              MAX_FILE));
    }
    ByteBuffer file =
        ByteBuffer.allocate((int) (8 + padded + offset)).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(padded).put(json);
    while (file.position() < 8 + padded) {
      file.put((byte) ' ');
    }
    for (Tensor tensor : weights.all()) {
      file.asFloatBuffer().put(tensor.data());
      file.position(file.position() + 4 * tensor.data().length);
    }
    return file.array();
  }

  /** The most bytes that a file of these tensors can have. */
  static long limit(Weights weights) {
    return 8 + MAX_HEADER + 4 * weights.size();
  }

  /**
   * Fills the weights; every tensor must be there with its shape, and nothing else.
   *
   * @param what the file's name for messages
   */
  static void read(byte[] file, Weights into, String what) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < 8) {
      throw damaged(what, "it has " + file.length + " bytes, fewer than its header");
    }
    long length = bytes.getLong();
    if (length < 2 || length > MAX_HEADER || length > file.length - 8) {
      throw damaged(
          what,
          String.format(Locale.ROOT, "its header claims %,d bytes of %,d", length, file.length));
    }
    JsonNode header = header(file, (int) length, what);
    int data = 8 + (int) length;
    TreeSet<String> left = new TreeSet<>();
    header.fieldNames().forEachRemaining(left::add);
    left.remove("__metadata__");
    for (Tensor tensor : into.all()) {
      JsonNode entry = header.get(tensor.name());
      left.remove(tensor.name());
      if (entry == null) {
        throw damaged(what, "tensor '" + tensor.name() + "' is missing");
      }
      long start = check(entry, tensor, file.length - data, what);
      bytes.position((int) (data + start));
      bytes.asFloatBuffer().get(tensor.data());
      for (float value : tensor.data()) {
        if (!Float.isFinite(value)) {
          throw damaged(what, "tensor '%s' holds the value %s".formatted(tensor.name(), value));
        }
      }
    }
    if (!left.isEmpty()) {
      throw damaged(what, "tensor '" + left.first() + "' does not belong to this model");
    }
  }

  private static JsonNode header(byte[] file, int length, String what) {
    try {
      JsonNode header =
          StrictJson.MAPPER.readTree(new String(file, 8, length, StandardCharsets.UTF_8));
      if (!header.isObject()) {
        throw damaged(what, "its header is not a JSON object");
      }
      return header;
    } catch (IOException e) {
      throw damaged(what, "its header is not JSON: " + StrictJson.reason(e));
    }
  }

  private static long check(JsonNode entry, Tensor tensor, long available, String what) {
    String type = entry.path("dtype").asText();
    if (!type.equals("F32")) {
      throw damaged(what, "tensor '%s' is %s, not F32".formatted(tensor.name(), type));
    }
    int[] shape = new int[entry.path("shape").size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = entry.path("shape").path(i).asInt(-1);
    }
    if (!Arrays.equals(shape, tensor.shape())) {
      throw damaged(
          what,
          "tensor '%s' has shape %s, the settings ask for %s"
              .formatted(tensor.name(), Arrays.toString(shape), Arrays.toString(tensor.shape())));
    }
    long start = entry.path("data_offsets").path(0).asLong(-1);
    long end = entry.path("data_offsets").path(1).asLong(-1);
    if (start < 0 || end > available || end - start != 4L * tensor.data().length) {
      throw damaged(
          what,
          "tensor '%s' lies at bytes %d to %d of %d: the file is truncated or altered"
              .formatted(tensor.name(), start, end, available));
    }
    return start;
  }

  private static ModelFileException damaged(String what, String problem) {
    return new ModelFileException(what + ": " + problem);
  }
}
