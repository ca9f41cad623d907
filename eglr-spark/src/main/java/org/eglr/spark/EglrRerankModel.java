package org.eglr.spark;

import org.apache.spark.SparkContext;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.eglr.Eglr;

/**
 * Re-ranks the lists of a data set with a trained model.
 *
 * <pre>{@code
 * var model = EglrRerankModel.of(Eglr.load(path))
 *     .setUserCol("user").setCandidatesCol("candidates").setLength(10);
 * Dataset<Row> ranked = model.transform(lists);
 * }</pre>
 *
 * <p>The model's file is broadcast once; each executor makes one model of it, which its tasks
 * share, and each task computes on its own thread, in plain Java. The lists are those of {@link
 * Eglr#rerank}: they do not depend on partitions, batches or tasks that are run again.
 */
public final class EglrRerankModel extends Model<EglrRerankModel>
    implements RerankParams<EglrRerankModel>, MLWritable {

  private final String uid;
  private final byte[] bytes;
  private final RerankParamSet params;
  private transient Eglr eglr;
  private transient SparkContext sharedIn;
  private transient SharedModel shared;

  EglrRerankModel(String uid, byte[] bytes) {
    this.uid = uid;
    this.bytes = bytes;
    params = new RerankParamSet(this);
    params.setDefaults(this);
  }

  /**
   * The model as it is now; later trainings of it change nothing here.
   *
   * @throws IllegalStateException if it is not trained
   */
  public static EglrRerankModel of(Eglr eglr) {
    if (!eglr.trained()) {
      throw new IllegalStateException("the model is not trained; call its train first");
    }
    return new EglrRerankModel(Identifiable$.MODULE$.randomUID("eglr"), ModelBytes.of(eglr));
  }

  /** The model of a file. */
  static EglrRerankModel of(byte[] file) {
    return new EglrRerankModel(Identifiable$.MODULE$.randomUID("eglr"), file);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public RerankParamSet paramSet() {
    return params;
  }

  /** The model, on this JVM. */
  public synchronized Eglr eglr() {
    if (eglr == null) {
      eglr = ModelBytes.load(bytes);
    }
    return eglr;
  }

  byte[] bytes() {
    return bytes;
  }

  /**
   * The lists. A row that cannot be re-ranked says why in the error column.
   *
   * @throws org.eglr.data.DataException if the columns are not what the model needs
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    RerankPlan plan = new RerankPlan(this, dataset.schema(), eglr().schema());
    return plan.run(dataset.toDF(), shared(dataset.sparkSession().sparkContext()));
  }

  private synchronized SharedModel shared(SparkContext context) {
    if (sharedIn != context) {
      shared = SharedModel.broadcast(context, bytes);
      sharedIn = context;
    }
    return shared;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return new RerankPlan(this, schema, eglr().schema()).after();
  }

  @Override
  public EglrRerankModel copy(ParamMap extra) {
    return copyValues(new EglrRerankModel(uid, bytes), extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new RerankModelWriter(this);
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<EglrRerankModel> read() {
    return new RerankModelReader();
  }

  /**
   * Reads a saved model.
   *
   * @throws org.eglr.ModelFileException if its file is damaged
   */
  public static EglrRerankModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "EglrRerankModel: uid=%s, width=%d, parameters=%d"
        .formatted(uid, eglr().settings().width(), eglr().parameters());
  }
}
