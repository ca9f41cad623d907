package org.eglr.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eglr.Eglr;
import org.eglr.Engine;
import org.eglr.internal.store.ModelFile;

/** A model's file as bytes, to travel. */
final class ModelBytes {

  private ModelBytes() {}

  static byte[] of(Eglr eglr) {
    return inFolder(
        file -> {
          eglr.save(file);
          return Files.readAllBytes(file);
        });
  }

  static byte[] of(ModelFile.Content content) {
    return inFolder(
        file -> {
          ModelFile.write(file, content);
          return Files.readAllBytes(file);
        });
  }

  /** All that a model's file holds. */
  static ModelFile.Content content(byte[] bytes) {
    return inFolder(
        file -> {
          Files.write(file, bytes);
          return ModelFile.read(file);
        });
  }

  /**
   * The model, computed in plain Java.
   *
   * @throws org.eglr.ModelFileException if the bytes are damaged
   */
  static Eglr load(byte[] bytes) {
    return inFolder(
        file -> {
          Files.write(file, bytes);
          return Eglr.load(file).withDevice("cpu").withEngine(Engine.JAVA);
        });
  }

  private interface Use<T> {
    T of(Path file) throws IOException;
  }

  private static <T> T inFolder(Use<T> use) {
    try {
      Path folder = Files.createTempDirectory("eglr-spark");
      Path file = folder.resolve("model.eglr");
      try {
        return use.of(file);
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a model cannot pass through the temporary folder", e);
    }
  }
}
