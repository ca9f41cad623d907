package org.eglr.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.MLReader;
import org.eglr.ModelFileException;
import scala.Option;

/** Reads what {@link RerankModelWriter} wrote. */
final class RerankModelReader extends MLReader<EglrRerankModel> {

  @Override
  public EglrRerankModel load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader$.MODULE$.loadMetadata(
            path, sparkSession(), EglrRerankModel.class.getName());
    Path file = new Path(path, RerankModelWriter.FILE);
    EglrRerankModel model = new EglrRerankModel(metadata.uid(), bytes(file));
    metadata.getAndSetParams(model, Option.empty());
    try {
      model.eglr();
    } catch (ModelFileException e) {
      throw new ModelFileException(file + ": " + e.getMessage(), e);
    }
    return model;
  }

  private byte[] bytes(Path file) {
    try (InputStream in =
        file.getFileSystem(sparkSession().sessionState().newHadoopConf()).open(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    }
  }
}
