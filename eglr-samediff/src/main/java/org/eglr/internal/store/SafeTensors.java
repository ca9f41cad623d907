package org.eglr.internal.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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

  private static final String METADATA = "__metadata__";
  private static final int MAX_HEADER = 1 << 22;
  private static final long MAX_FILE = Integer.MAX_VALUE - 8;

  private SafeTensors() {}

  static byte[] write(Weights weights) throws IOException {
    ObjectNode header = StrictJson.MAPPER.createObjectNode();
    header.putObject(METADATA).put("format", "eglr");
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
    if (padded > MAX_HEADER) {
      throw new ModelFileException(
          String.format(
              Locale.ROOT,
              "cannot write %,d tensors: their names take more than %,d bytes; leave out fields",
              weights.all().size(),
              MAX_HEADER));
    }
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

  /** The most bytes that a file of so many values can have. */
  static long limit(long values) {
    return 8 + MAX_HEADER + 4 * values;
  }

  /** Refuses a file that cannot be one of so many values, before anything is made for them. */
  static void requireSize(long bytes, long values, String what) {
    if (bytes < 4 * values || bytes > limit(values)) {
      throw damaged(
          what,
          String.format(
              Locale.ROOT,
              "it has %,d bytes; settings and vocabularies ask for %,d values of 4 bytes",
              bytes,
              values));
    }
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
    left.remove(METADATA);
    TreeMap<Long, Tensor> places = new TreeMap<>();
    for (Tensor tensor : into.all()) {
      JsonNode entry = header.get(tensor.name());
      left.remove(tensor.name());
      if (entry == null) {
        throw damaged(what, "tensor '" + tensor.name() + "' is missing");
      }
      long start = check(entry, tensor, file.length - data, what);
      if (places.put(start, tensor) != null) {
        throw damaged(what, "two tensors lie at byte " + start);
      }
    }
    if (!left.isEmpty()) {
      throw damaged(what, "tensor '" + left.first() + "' does not belong to this model");
    }
    requireWhole(places, file.length - data, what);
    places.forEach(
        (start, tensor) -> {
          bytes.position(data + start.intValue());
          bytes.asFloatBuffer().get(tensor.data());
        });
    into.all().forEach(tensor -> requireFinite(tensor, what));
  }

  /** Tensors follow one another from the first byte to the last. */
  private static void requireWhole(TreeMap<Long, Tensor> places, long available, String what) {
    long end = 0;
    for (Map.Entry<Long, Tensor> place : places.entrySet()) {
      if (place.getKey() != end) {
        throw damaged(
            what,
            "tensor '%s' begins at byte %d; the one before it ends at %d"
                .formatted(place.getValue().name(), place.getKey(), end));
      }
      end += 4L * place.getValue().data().length;
    }
    if (end != available) {
      throw damaged(
          what, String.format(Locale.ROOT, "its tensors have %,d bytes of %,d", end, available));
    }
  }

  private static void requireFinite(Tensor tensor, String what) {
    for (float value : tensor.data()) {
      if (!Float.isFinite(value)) {
        throw damaged(what, "tensor '%s' holds the value %s".formatted(tensor.name(), value));
      }
    }
  }

  private static JsonNode header(byte[] file, int length, String what) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file, 8, length)).toString();
      JsonNode header = StrictJson.MAPPER.readTree(text);
      if (!header.isObject()) {
        throw damaged(what, "its header is not a JSON object");
      }
      for (JsonNode value : header.path(METADATA)) {
        if (!value.isTextual()) {
          throw damaged(what, "its metadata holds the value " + value + ", which is not text");
        }
      }
      return header;
    } catch (CharacterCodingException e) {
      throw damaged(what, "its header is not UTF-8");
    } catch (IOException e) {
      throw damaged(what, "its header is not JSON: " + StrictJson.reason(e));
    }
  }

  /** Where a tensor begins; its entry says dtype, shape and place, and nothing else. */
  private static long check(JsonNode entry, Tensor tensor, long available, String what) {
    if (!entry.isObject() || entry.size() != 3) {
      throw damaged(
          what,
          "tensor '%s' is described by %s; allowed: dtype, shape and data_offsets"
              .formatted(tensor.name(), entry.isObject() ? names(entry) : entry));
    }
    JsonNode type = entry.path("dtype");
    if (!type.isTextual() || !type.asText().equals("F32")) {
      throw damaged(what, "tensor '%s' is %s, not F32".formatted(tensor.name(), type.asText()));
    }
    JsonNode shape = entry.path("shape");
    boolean same = shape.isArray() && shape.size() == tensor.shape().length;
    for (int i = 0; same && i < shape.size(); i++) {
      same = whole(shape.get(i)) && shape.get(i).asLong() == tensor.shape()[i];
    }
    if (!same) {
      throw damaged(
          what,
          "tensor '%s' has shape %s, the settings ask for %s"
              .formatted(
                  tensor.name(),
                  shape.toString().replace(",", ", "),
                  Arrays.toString(tensor.shape())));
    }
    JsonNode offsets = entry.path("data_offsets");
    if (!offsets.isArray()
        || offsets.size() != 2
        || !whole(offsets.get(0))
        || !whole(offsets.get(1))) {
      throw damaged(
          what,
          "tensor '%s' has data_offsets %s; allowed: two whole numbers"
              .formatted(tensor.name(), offsets));
    }
    long start = offsets.get(0).asLong();
    long end = offsets.get(1).asLong();
    if (start < 0 || end < start || end > available || end - start != 4L * tensor.data().length) {
      throw damaged(
          what,
          "tensor '%s' lies at bytes %d to %d of %d and takes %d: the file is truncated or altered"
              .formatted(tensor.name(), start, end, available, 4L * tensor.data().length));
    }
    return start;
  }

  /** Whether a number is whole, is written so, and fits; neither 1.0 nor "1" is. */
  private static boolean whole(JsonNode number) {
    return number.isIntegralNumber() && number.canConvertToLong();
  }

  private static List<String> names(JsonNode entry) {
    List<String> names = new ArrayList<>();
    entry.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static ModelFileException damaged(String what, String problem) {
    return new ModelFileException(what + ": " + problem);
  }
}
