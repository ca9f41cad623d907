package org.eglr.kernel.own;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version that Maven writes into our jar. */
public final class KernelVersion {

  private static final String FILE = "META-INF/maven/org.eglr/eglr-kernel-ext/pom.properties";

  private KernelVersion() {}

  /** This project's version; {@code development} where classes are not run from a jar. */
  public static String get() {
    return in(KernelVersion.class.getClassLoader());
  }

  static String in(ClassLoader loader) {
    try (InputStream file = loader.getResourceAsStream(FILE)) {
      Properties properties = new Properties();
      if (file != null) {
        properties.load(file);
      }
      return properties.getProperty("version", "development");
    } catch (IOException e) {
      return "unknown"; // A kernel that does not know its version runs as well.
    }
  }
}
