package org.eglr.study;

/**
 * What is tuned by validation, as factors of a system's own settings.
 *
 * @param rate of the learning rate
 * @param heat of the base temperature; without meaning for what has none
 */
record Dial(double rate, double heat) {

  static final Dial NONE = new Dial(1, 1);
}
