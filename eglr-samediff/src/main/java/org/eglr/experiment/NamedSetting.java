package org.eglr.experiment;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.eglr.EglrBuilder;
import org.eglr.EvaluatorBuilder;
import org.eglr.reasoning.ReasoningBuilder;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;

/**
 * A setting by its Java name: a method of a builder that takes one value and returns the builder.
 */
public final class NamedSetting {

  private final Stage stage;
  private final Class<?> builder;
  private final String name;
  private final List<Method> methods; // overloads

  NamedSetting(Stage stage, Class<?> builder, String name, List<Method> methods) {
    this.stage = stage;
    this.builder = builder;
    this.name = name;
    this.methods = List.copyOf(methods);
  }

  public Stage stage() {
    return stage;
  }

  /** The Java name: {@code maxSteps}. */
  public String name() {
    return name;
  }

  /** Unmistakable: {@code model.maxSteps}. */
  public String qualified() {
    return stage.key() + "." + name;
  }

  /** What it takes; of several overloads the first. */
  public Class<?> type() {
    return java.lang.invoke.MethodType.methodType(methods.get(0).getParameterTypes()[0])
        .wrap()
        .returnType();
  }

  /**
   * The value as the setting needs it: a number, text or constant is converted.
   *
   * @throws IllegalArgumentException if it cannot be one of this setting
   */
  public Object value(Object given) {
    for (Method method : methods) {
      Optional<Object> value = SettingValues.as(method.getParameterTypes()[0], given);
      if (value.isPresent()) {
        return value.get();
      }
    }
    throw new IllegalArgumentException(
        "setting '%s' is %s; allowed: %s"
            .formatted(name, given, SettingValues.allowed(methods.get(0).getParameterTypes()[0])));
  }

  /** Sets it in a model's builder. */
  public void apply(EglrBuilder target, Object value) {
    if (builder == ReasoningBuilder.class) {
      target.reasoning(
          reasoning -> {
            set(reasoning, value);
            return reasoning;
          });
    } else {
      set(target, value);
    }
  }

  /** Sets it in an evaluator's builder, if that has it. */
  void apply(EvaluatorBuilder target, Object value) {
    if (concernsEvaluator() && stage == Stage.MODEL) {
      set(target, value);
    }
  }

  /** Sets it in the options of an evaluator's training. */
  public void apply(EvaluatorTraining target, Object value) {
    set(target, value);
  }

  /** Sets it in the options of a generator's training. */
  public void apply(GrpoTraining target, Object value) {
    set(target, value);
  }

  /** Whether an evaluator with another value is another evaluator. */
  boolean concernsEvaluator() {
    return stage == Stage.EVALUATOR
        || stage == Stage.MODEL
            && builder != ReasoningBuilder.class
            && java.util.Arrays.stream(EvaluatorBuilder.class.getMethods())
                .anyMatch(method -> method.getName().equals(name));
  }

  private void set(Object target, Object given) {
    for (Method own : methods) {
      Optional<Object> value = SettingValues.as(own.getParameterTypes()[0], given);
      if (value.isPresent()) {
        try {
          target.getClass().getMethod(name, own.getParameterTypes()[0]).invoke(target, value.get());
          return;
        } catch (InvocationTargetException e) {
          throw unwrapped(e);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("setting '" + name + "'", e);
        }
      }
    }
    value(given); // says what is allowed
  }

  static RuntimeException unwrapped(InvocationTargetException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  @Override
  public String toString() {
    return qualified();
  }
}
