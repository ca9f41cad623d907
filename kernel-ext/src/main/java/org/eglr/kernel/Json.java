package org.eglr.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.function.Consumer;

/** Values for messages, and out of them. Kernels have JSON types of their own, some renamed. */
final class Json {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Json() {}

  /** A representation as a kernel takes it: text, or an object where its type is JSON. */
  static Object representation(String mime, String text) {
    if (!mime.endsWith("json")) {
      return text;
    }
    try {
      return JSON.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(mime + " is no JSON: " + text, e);
    }
  }

  /**
   * Hands a message on; one that cannot be read is passed over.
   *
   * @param content with a method {@code getData}, whose text is JSON
   */
  static void received(
      Object content, CommListener listener, Consumer<Map<String, Object>> answer) {
    Map<String, Object> data;
    try {
      Object json = content.getClass().getMethod("getData").invoke(content);
      data = JSON.readValue(String.valueOf(json), new TypeReference<>() {});
    } catch (Exception e) {
      return;
    }
    if (data != null) {
      listener.received(data, answer);
    }
  }

  /** The content of a message that opens a comm. */
  static Map<String, Object> open(CommOpening opening) {
    return Map.of("comm_id", opening.id(), "target_name", opening.target(), "data", opening.data());
  }

  /** The content of a message to an open comm. */
  static Map<String, Object> message(String id, Map<String, Object> data) {
    return Map.of("comm_id", id, "data", data);
  }
}
