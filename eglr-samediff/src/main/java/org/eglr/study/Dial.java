package org.eglr.study;

/**
 * What is tuned by validation, as factors of a system's own settings; without meaning for what does
 * not have the setting.
 *
 * @param rate of the learning rate
 * @param heat of the base temperature
 * @param threshold of the entropy above which the generator reasons
 */
record Dial(double rate, double heat, double threshold) {

  static final Dial NONE = new Dial(1, 1, 1);

  Dial withRate(double factor) {
    return new Dial(factor, heat, threshold);
  }

  Dial withHeat(double factor) {
    return new Dial(rate, factor, threshold);
  }

  Dial withThreshold(double factor) {
    return new Dial(rate, heat, factor);
  }
}
