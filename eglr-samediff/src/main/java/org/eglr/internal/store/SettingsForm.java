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
import org.eglr.Settings;

/** Writes and reads {@link Settings} as a record of the file format. */
final class SettingsForm extends SimpleModule {

  private static final long serialVersionUID = 1;

  private <T> SettingsForm(
      Class<T> form, Function<Settings, T> stored, Function<T, Settings> read) {
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
            return read.apply(context.readValue(from, form));
          }
        });
  }

  /** What earlier releases read. */
  static SettingsForm earlier() {
    return new SettingsForm(EarlierSettings.class, EarlierSettings::of, EarlierSettings::settings);
  }

  /** Everything but several members. */
  static SettingsForm whole() {
    return new SettingsForm(WholeSettings.class, WholeSettings::of, WholeSettings::settings);
  }

  /** Everything. */
  static SettingsForm members() {
    return new SettingsForm(MembersSettings.class, MembersSettings::of, MembersSettings::settings);
  }
}
