package org.eglr.study;

import java.util.List;
import java.util.Locale;

/**
 * What is tuned by validation, as factors of a system's own settings.
 *
 * @param rate of the learning rate
 * @param heat of the base temperature; without meaning for what has none
 */
record Dial(double rate, double heat) {

  static final Dial NONE = new Dial(1, 1);

  /** Three learning rates: the budget that every system has in Table 2. */
  static final List<Dial> RATES = List.of(NONE, new Dial(1.0 / 3, 1), new Dial(3, 1));

  /** Three temperatures: the budget that every variant has in Figure 4. */
  static final List<Dial> HEATS = List.of(NONE, new Dial(1, 0.5), new Dial(1, 2));

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "learning rate x %.3g, temperature x %.3g", rate, heat);
  }
}
