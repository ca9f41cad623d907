package org.eglr.internal.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.eglr.PairEffects;
import org.eglr.Settings;
import org.eglr.reasoning.Reasoning;

/** Settings as files have them: what is new stands there only where it is used. */
final class StoredSettings {

  private static final String PAIR_EFFECTS = "pairEffects";

  private StoredSettings() {}

  /** Settings as files of the first versions have them: without pair effects. */
  private record Plain(
      int width,
      int heads,
      int evaluatorLayers,
      int feedForward,
      int embedding,
      int position,
      boolean trainFeatures,
      Reasoning reasoning,
      long seed) {

    static Plain of(Settings settings) {
      return new Plain(
          settings.width(),
          settings.heads(),
          settings.evaluatorLayers(),
          settings.feedForward(),
          settings.embedding(),
          settings.position(),
          settings.trainFeatures(),
          settings.reasoning(),
          settings.seed());
    }

    Settings with(PairEffects pairEffects) {
      return new Settings(
          width,
          heads,
          evaluatorLayers,
          feedForward,
          embedding,
          position,
          trainFeatures,
          reasoning,
          pairEffects,
          seed);
    }
  }

  static SimpleModule module() {
    return new SimpleModule()
        .addSerializer(Settings.class, new Writer())
        .addDeserializer(Settings.class, new Reader());
  }

  private static final class Writer extends JsonSerializer<Settings> {
    @Override
    public void serialize(Settings settings, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      ObjectNode node = StrictJson.MAPPER.valueToTree(Plain.of(settings));
      if (settings.pairEffects() != PairEffects.NONE) {
        node.put(PAIR_EFFECTS, settings.pairEffects().name());
      }
      json.writeTree(node);
    }
  }

  private static final class Reader extends JsonDeserializer<Settings> {
    @Override
    public Settings deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      ObjectNode node = context.readValue(json, ObjectNode.class);
      PairEffects effects =
          node.has(PAIR_EFFECTS)
              ? context.readTreeAsValue(node.remove(PAIR_EFFECTS), PairEffects.class)
              : PairEffects.NONE;
      return context.readTreeAsValue(node, Plain.class).with(effects);
    }
  }
}
