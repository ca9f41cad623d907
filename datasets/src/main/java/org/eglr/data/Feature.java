package org.eglr.data;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * A column of a file of features.
 *
 * @param column its name in the header; "a|b" where copies differ
 * @param field what the field is called
 * @param text what a categorical field makes of the text; null for a dense field
 * @param scale what a dense field makes of the number; null for a categorical field
 */
record Feature(String column, String field, UnaryOperator<String> text, DoubleUnaryOperator scale) {

  static Feature category(String column) {
    return new Feature(column, column.replaceFirst("\\|.*", ""), UnaryOperator.identity(), null);
  }

  /** Of a list of categories in one cell, separated by commas, the first. */
  static Feature firstOf(String column) {
    return new Feature(column, column, list -> list.replaceFirst("\\s*,.*", ""), null);
  }

  static Feature dense(String column) {
    return new Feature(column, column, null, DoubleUnaryOperator.identity());
  }

  /**
   * The natural logarithm of 1 + the amount, for amounts over many orders of magnitude; none below
   * 0.
   */
  static Feature logarithm(String column) {
    return new Feature(
        column, "log_" + column, null, amount -> amount < 0 ? Double.NaN : Math.log1p(amount));
  }

  boolean isDense() {
    return scale != null;
  }
}
