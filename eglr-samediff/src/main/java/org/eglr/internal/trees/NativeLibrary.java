package org.eglr.internal.trees;

import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads LightGBM's native library out of a folder of this process alone. By itself the binding
 * unpacks it to a fixed name in the folder of temporary files, over what is there: a second process
 * would write over the code that a first one is running, which crashes, and another user could have
 * put code of his own there.
 */
final class NativeLibrary {

  private static final String PLACE = "java.io.tmpdir"; // where the binding unpacks

  private static boolean loaded;

  private NativeLibrary() {}

  /** Loads it, once. */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    try {
      Path own = Files.createTempDirectory("eglr-lightgbm");
      Files.delete(File.createTempFile("eglr", null).toPath()); // the JDK now knows the usual place
      String usual = System.setProperty(PLACE, own.toString());
      try {
        LGBMBooster.loadNative();
      } finally {
        System.setProperty(PLACE, usual);
        remove(own);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("LightGBM's native library cannot be unpacked", e);
    }
    loaded = true;
  }

  /** A library that is loaded is not needed on disk, except on Windows, where it stays. */
  private static void remove(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "lib_lightgbm*")) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      folder.toFile().deleteOnExit();
    }
  }
}
