package org.eglr.internal.store;

import org.eglr.Settings;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;

/** JSON that is exactly what was expected: nothing missing, unknown, doubled or trailing. */
final class StrictJson {

  /** Settings as earlier releases read them. */
  static final ObjectMapper MAPPER = mapper(SettingsForm.earlier());

  /** Settings that say what is new. */
  static final ObjectMapper WHOLE = mapper(SettingsForm.whole());

  /** Settings with the number of members, too. */
  static final ObjectMapper MEMBERS = mapper(SettingsForm.members());

  /** In the oldest form that says all of some settings: earlier releases read what they know. */
  static ObjectMapper of(Settings settings) {
    if (!WholeSettings.suffices(settings)) {
      return MEMBERS;
    }
    return EarlierSettings.suffices(settings) ? MAPPER : WHOLE;
  }

  private static ObjectMapper mapper(SettingsForm settings) {
    return JsonMapper.builder()
        .addModule(settings)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Textual,
            text -> {
              for (CoercionInputShape shape :
                  new CoercionInputShape[] {
                    CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
                  }) {
                text.setCoercion(shape, CoercionAction.Fail);
              }
            })
        .build();
  }

  private StrictJson() {}

  /** A value as JSON for people to read, too. */
  static byte[] pretty(Object value) throws IOException {
    return pretty(MAPPER, value);
  }

  static byte[] pretty(ObjectMapper mapper, Object value) throws IOException {
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
  }

  /** How many texts a document has, names of members aside; none of them is made. */
  static long texts(byte[] json) throws IOException {
    long texts = 0;
    try (JsonParser parser = MAPPER.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        texts += token == JsonToken.VALUE_STRING ? 1 : 0;
      }
    }
    return texts;
  }

  /** What went wrong and where, without the excerpt of the source. */
  static String reason(IOException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String place = "";
    if (e instanceof JsonProcessingException json && json.getLocation() != null) {
      place =
          " (line %d, column %d)"
              .formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr());
    }
    String text =
        cause instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : cause.getMessage();
    return text + place;
  }
}
