package org.eglr.study;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eglr.internal.math.Kernels;

/** What made a result. */
final class Provenance {

  /** Set by {@code ./eglr}: the commit, with a plus where files were changed since. */
  static final String COMMIT = "EGLR_COMMIT";

  private Provenance() {}

  /** Commit, Java and the class of machine, by name. */
  static Map<String, String> here() {
    Map<String, String> all = new LinkedHashMap<>();
    String commit = System.getenv(COMMIT);
    all.put("commit", commit == null || commit.isBlank() ? "unknown" : commit);
    all.put(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    all.put(
        "machine",
        String.format(
            Locale.ROOT,
            "%d cores, %d GiB, %s, %s",
            Runtime.getRuntime().availableProcessors(),
            memory() >> 30,
            System.getProperty("os.arch"),
            System.getProperty("os.name")));
    all.put("engine", Kernels.best().describe());
    return all;
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
