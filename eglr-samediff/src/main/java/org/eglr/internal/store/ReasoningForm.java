package org.eglr.internal.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.function.Function;
import org.eglr.reasoning.Reasoning;

/** Writes and reads {@link Reasoning} as a record of the file format. */
final class ReasoningForm extends SimpleModule {

  private static final long serialVersionUID = 1;

  private <T> ReasoningForm(
      Class<T> form, Function<Reasoning, T> stored, Function<T, Reasoning> read) {
    super(form.getName());
    addSerializer(
        Reasoning.class,
        new JsonSerializer<>() {
          @Override
          public void serialize(Reasoning value, JsonGenerator to, SerializerProvider provider)
              throws IOException {
            provider.defaultSerializeValue(stored.apply(value), to);
          }
        });
    addDeserializer(
        Reasoning.class,
        new JsonDeserializer<>() {
          @Override
          public Reasoning deserialize(JsonParser from, DeserializationContext context)
              throws IOException {
            return read.apply(context.readValue(from, form));
          }
        });
  }

  /** The entropy gate's threshold: what earlier releases read. */
  static ReasoningForm threshold() {
    return new ReasoningForm(
        StoredReasoning.class, StoredReasoning::of, StoredReasoning::reasoning);
  }

  /** Any gate, by its kind. */
  static ReasoningForm gate() {
    return new ReasoningForm(GatedReasoning.class, GatedReasoning::of, GatedReasoning::reasoning);
  }
}
