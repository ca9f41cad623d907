package org.eglr.data;

/** How own data write what is missing: categories get one of their own, dense fields a flag. */
public final class Missing {

  /** The category of a missing value. */
  public static final String CATEGORY = "(missing)";

  private static final String FLAG = "_missing";

  private Missing() {}

  /** The dense field, 0 or 1, that tells where another dense field is missing. */
  public static String flag(String field) {
    return field + FLAG;
  }

  /** The field that a flag is of, or null where the name is no flag's. */
  public static String flagged(String field) {
    return field.endsWith(FLAG) ? field.substring(0, field.length() - FLAG.length()) : null;
  }

  /** A category as text, the same for 3, 3L and 3.0; null where there is no value. */
  public static String category(Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (Double.isNaN(number)) {
        return null;
      }
      return number == Math.rint(number) && Math.abs(number) < 1e15
          ? Long.toString((long) number)
          : value.toString();
    }
    String text = value.toString();
    return text.isEmpty() ? null : text;
  }
}
