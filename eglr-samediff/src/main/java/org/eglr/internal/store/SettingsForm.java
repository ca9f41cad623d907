package org.eglr.internal.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.eglr.Settings;

/** Writes and reads {@link Settings} as a record of the file format. */
final class SettingsForm extends SimpleModule {

  private static final long serialVersionUID = 1;

  /**
   * @param usual what members have that a file may leave out
   */
  private <T> SettingsForm(
      Class<T> form,
      Function<Settings, T> stored,
      Function<T, Settings> read,
      Map<String, JsonNode> usual) {
    super(form.getName());
    addSerializer(
        Settings.class,
        new JsonSerializer<>() {
          @Override
          public void serialize(Settings value, JsonGenerator to, SerializerProvider provider)
              throws IOException {
            provider.defaultSerializeValue(stored.apply(value), to);
          }
        });
    addDeserializer(
        Settings.class,
        new JsonDeserializer<>() {
          @Override
          public Settings deserialize(JsonParser from, DeserializationContext context)
              throws IOException {
            if (usual.isEmpty()) {
              return read.apply(context.readValue(from, form));
            }
            JsonNode tree = context.readTree(from);
            if (tree instanceof ObjectNode members) {
              usual.forEach(members::putIfAbsent);
            }
            return read.apply(context.readTreeAsValue(tree, form));
          }
        });
  }

  /** What earlier releases read. */
  static SettingsForm earlier() {
    return new SettingsForm(
        EarlierSettings.class, EarlierSettings::of, EarlierSettings::settings, Map.of());
  }

  /** Everything. */
  static SettingsForm whole() {
    return new SettingsForm(
        WholeSettings.class,
        WholeSettings::of,
        WholeSettings::settings,
        Map.of("decoderLayers", IntNode.valueOf(1)));
  }
}
