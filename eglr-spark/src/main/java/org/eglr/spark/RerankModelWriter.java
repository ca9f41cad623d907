package org.eglr.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLWriter;

/** Writes parameters as Spark does, and the model's own file beside them. */
final class RerankModelWriter extends MLWriter {

  static final String FILE = "model.eglr";

  private final EglrRerankModel model;

  RerankModelWriter(EglrRerankModel model) {
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    DefaultParamsWriter$.MODULE$.saveMetadata(model, path, sparkSession());
    Path file = new Path(path, FILE);
    try (OutputStream out =
        file.getFileSystem(sparkSession().sessionState().newHadoopConf()).create(file)) {
      out.write(model.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written", e);
    }
  }
}
