package org.eglr.kernel.docs;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.Locale;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/** The value of a block's last expression, as its page shows it. Code in a page calls it. */
public final class PageValue {

  private static String shown = "";

  private PageValue() {}

  /** Remembers what an expression gave. */
  public static void show(Object value) {
    shown = text(value);
  }

  static void clear() {
    shown = "";
  }

  static String shown() {
    return shown;
  }

  private static String text(Object value) {
    if (value instanceof Table table) {
      DecimalFormat format =
          new DecimalFormat("0.###", DecimalFormatSymbols.getInstance(Locale.ROOT));
      for (NumericColumn<?> column : table.numericColumns()) {
        column.setPrintFormatter(new NumberColumnFormatter(format));
      }
      return table.print();
    }
    if (value instanceof double[] numbers) {
      return Arrays.stream(numbers)
          .mapToObj(x -> String.format(Locale.ROOT, "%.4g", x))
          .toList()
          .toString();
    }
    return value instanceof int[] numbers ? Arrays.toString(numbers) : String.valueOf(value);
  }
}
