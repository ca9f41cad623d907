package org.eglr.experiment;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eglr.Eglr;
import org.eglr.data.Schema;
import org.eglr.internal.learn.Fingerprint;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;
import org.eglr.train.TrainingOptions;

/** What a run has where nothing is given: it may change from version to version. */
final class Defaults {

  private static final int DIGITS = 8; // bytes of a hash

  private Defaults() {}

  /** A short text that differs where defaults do. */
  static String fingerprint(Schema schema) {
    byte[] text = text(schema).getBytes(StandardCharsets.UTF_8);
    return "SHA-256 " + Fingerprint.of(text, DIGITS);
  }

  static String text(Schema schema) {
    return Stream.of(
            Eglr.builder(schema).settings().toString(),
            text(new EvaluatorTraining()),
            text(new GrpoTraining()))
        .collect(Collectors.joining("; "));
  }

  /** All that options say of themselves. */
  private static String text(TrainingOptions<?> options) {
    return Arrays.stream(options.getClass().getMethods())
        .filter(method -> TrainingOptions.class.isAssignableFrom(method.getDeclaringClass()))
        .filter(method -> method.getParameterCount() == 0 && !method.getName().equals("listener"))
        .sorted(Comparator.comparing(Method::getName))
        .map(method -> method.getName() + "=" + value(options, method))
        .collect(Collectors.joining("; "));
  }

  private static Object value(TrainingOptions<?> options, Method method) {
    try {
      return method.invoke(options);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("option '" + method.getName() + "'", e);
    }
  }
}
