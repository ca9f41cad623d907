package org.eglr.experiment;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values as a setting's type needs them. */
final class SettingValues {

  private SettingValues() {}

  /** The value as an instance of a type; empty if it cannot be one. */
  static Optional<Object> as(Class<?> type, Object value) {
    if (value == null) {
      return Optional.empty();
    }
    Class<?> boxed = java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    if (boxed.isInstance(value)) {
      return Optional.of(value);
    }
    if (value instanceof Number number) {
      return number(boxed, number);
    }
    return value instanceof String text ? parsed(boxed, text.strip()) : Optional.empty();
  }

  /** What can be written for a type, in a few words. */
  static String allowed(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(String::valueOf)
          .collect(Collectors.joining(", "));
    }
    return switch (type.getSimpleName()) {
      case "int", "Integer", "long", "Long" -> "a whole number";
      case "double", "Double" -> "a number";
      case "boolean", "Boolean" -> "true or false";
      default -> "a " + type.getSimpleName();
    };
  }

  private static Optional<Object> number(Class<?> type, Number number) {
    double value = number.doubleValue();
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
    if (type == Double.class) {
      return Optional.of(value);
    }
    if (type == Integer.class && whole && value == (int) value) {
      return Optional.of((int) value);
    }
    return type == Long.class && whole ? Optional.of(number.longValue()) : Optional.empty();
  }

  private static Optional<Object> parsed(Class<?> type, String text) {
    try {
      if (type == Integer.class) {
        return Optional.of(Integer.valueOf(text));
      } else if (type == Long.class) {
        return Optional.of(Long.valueOf(text));
      } else if (type == Double.class) {
        return Optional.of(Double.valueOf(text));
      }
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    if (type == Boolean.class) {
      return text.matches("true|false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
    }
    return type.isEnum()
        ? Arrays.stream(type.getEnumConstants())
            .filter(constant -> ((Enum<?>) constant).name().equalsIgnoreCase(text))
            .map(Object.class::cast)
            .findFirst()
        : named(type, text);
  }

  /**
   * What a type offers under a name: {@code parse(text)} or {@code of(text)}, a constant, a maker.
   */
  private static Optional<Object> named(Class<?> type, String text) {
    try {
      for (Method method : type.getMethods()) {
        boolean makes = Modifier.isStatic(method.getModifiers()) && type == method.getReturnType();
        if (makes
            && (method.getName().equals("parse") || method.getName().equals("of"))
            && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class})) {
          return Optional.of(method.invoke(null, text));
        }
        if (makes && method.getParameterCount() == 0 && method.getName().equals(text)) {
          return Optional.of(method.invoke(null));
        }
      }
      for (Field field : type.getFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getName().equalsIgnoreCase(text)) {
          return Optional.ofNullable(field.get(null)).filter(type::isInstance);
        }
      }
      return Optional.empty();
    } catch (java.lang.reflect.InvocationTargetException e) {
      throw NamedSetting.unwrapped(e);
    } catch (IllegalAccessException e) {
      return Optional.empty();
    }
  }
}
