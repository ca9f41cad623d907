package org.eglr.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something to show: the same thing in one or more MIME types, of which a notebook takes the
 * richest it can draw.
 *
 * @param data the representations by MIME type; pictures as Base64, JSON as text; always with a
 *     {@code text/plain} twin
 * @param metadata further properties by MIME type, such as a picture's size
 */
public record Content(Map<String, String> data, Map<String, Map<String, Object>> metadata) {

  public static final String TEXT = "text/plain";
  public static final String HTML = "text/html";
  public static final String PNG = "image/png";

  public Content {
    if (!data.containsKey(TEXT)) {
      throw new IllegalArgumentException(
          "content needs a text/plain twin; it has " + data.keySet());
    }
    data = Map.copyOf(data);
    metadata = Map.copyOf(metadata);
  }

  public static Content text(String text) {
    return new Content(Map.of(TEXT, text), Map.of());
  }

  /**
   * A piece of HTML.
   *
   * @param html markup in which all text of users is escaped
   * @param text what front ends without HTML show
   */
  public static Content html(String html, String text) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put(HTML, html);
    data.put(TEXT, text);
    return new Content(data, Map.of());
  }

  /**
   * A picture.
   *
   * @param base64 the PNG file
   * @param width in pixels as shown; the file may have more
   * @param height in pixels as shown
   * @param text what front ends without pictures show
   */
  public static Content png(String base64, int width, int height, String text) {
    return new Content(
        Map.of(PNG, base64, TEXT, text), Map.of(PNG, Map.of("width", width, "height", height)));
  }
}
