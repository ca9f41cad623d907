package org.eglr.kernel;

/**
 * Keeps ND4J's log lines out of notebooks: which backend it found, and warnings on tables of
 * TensorFlow operations that are of no use to anybody. Levels that were set stay.
 */
final class QuietLogging {

  private static final String LEVEL = "org.slf4j.simpleLogger.log.";

  private QuietLogging() {}

  static void apply() {
    setUnlessPresent(LEVEL + "org.nd4j", "warn");
    setUnlessPresent(LEVEL + "org.nd4j.imports", "error");
  }

  private static void setUnlessPresent(String key, String level) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, level);
    }
  }
}
