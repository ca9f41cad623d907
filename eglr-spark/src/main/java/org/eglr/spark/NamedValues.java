package org.eglr.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.eglr.Eglr;
import org.eglr.EglrBuilder;
import org.eglr.data.Schema;
import org.eglr.experiment.NamedSetting;
import org.eglr.experiment.SettingCatalog;
import org.eglr.experiment.Stage;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;

/** Settings with their values, read from texts. */
record NamedValues(Map<NamedSetting, Object> values) {

  private static final String SEPARATOR = ";";

  /** Texts as one that {@link #of} reads. */
  static String together(String... texts) {
    return String.join(SEPARATOR + " ", texts);
  }

  /**
   * @param together each "name=value"
   * @throws IllegalArgumentException if one cannot be read, or a setting is given twice
   */
  static NamedValues of(String together) {
    Map<NamedSetting, Object> values = new LinkedHashMap<>();
    String[] texts = together.isBlank() ? new String[0] : together.split(SEPARATOR);
    for (String text : texts) {
      int sign = text.indexOf('=');
      if (sign < 1) {
        throw new IllegalArgumentException(
            "setting '%s': write a name and a value, as width=64".formatted(text));
      }
      NamedSetting setting = SettingCatalog.named(text.substring(0, sign).strip());
      if (values.put(setting, setting.value(text.substring(sign + 1).strip())) != null) {
        throw new IllegalArgumentException("setting '%s' is given twice".formatted(setting));
      }
    }
    return new NamedValues(values);
  }

  Eglr model(Schema schema, long seed) {
    EglrBuilder builder = Eglr.builder(schema).seed(seed).device("cpu");
    each(Stage.MODEL, (setting, value) -> setting.apply(builder, value));
    return builder.build();
  }

  EvaluatorTraining evaluator(EvaluatorTraining options) {
    each(Stage.EVALUATOR, (setting, value) -> setting.apply(options, value));
    return options;
  }

  GrpoTraining generator(GrpoTraining options) {
    each(Stage.GRPO, (setting, value) -> setting.apply(options, value));
    return options;
  }

  private void each(Stage stage, BiConsumer<NamedSetting, Object> apply) {
    values.forEach(
        (setting, value) -> {
          if (setting.stage() == stage) {
            apply.accept(setting, value);
          }
        });
  }
}
