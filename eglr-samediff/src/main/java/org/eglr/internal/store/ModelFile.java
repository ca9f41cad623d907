package org.eglr.internal.store;

import java.nio.file.Path;
import org.eglr.internal.nn.Architecture;
import org.eglr.internal.nn.Weights;

/** temp */
public final class ModelFile {
  private ModelFile() {}

  public record Content(
      Architecture architecture,
      Weights evaluator,
      Weights generator,
      boolean evaluatorTrained,
      boolean generatorTrained) {}

  public static Content read(Path file) {
    throw new UnsupportedOperationException();
  }

  public static void write(Path file, Content content) {
    throw new UnsupportedOperationException();
  }
}
