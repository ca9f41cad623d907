package org.eglr.spark;

import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.eglr.Eglr;
import org.eglr.data.Splits;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;

/**
 * Trains a model on logged lists, one list a row: evaluator first, then generator.
 *
 * <pre>{@code
 * var reranker = new EglrReranker().setUserCol("user").setTimeCol("time")
 *     .setSettings("width=64", "gate=entropy:1.2", "evaluator.epochs=8").setSeed(7);
 * EglrRerankModel model = reranker.fit(log);
 * }</pre>
 *
 * <p><b>Unless {@link #setDistributed} says otherwise, the lists are collected to the driver, which
 * trains alone, on its own cores.</b> More candidates than {@link #setMaxCandidates} are refused
 * before they are collected; a sample of a larger log is {@code log.sample(0.1, seed)}. The same
 * rows give the same model, whatever their partitions, and the one that {@link Eglr} gives for
 * them.
 *
 * <p>The schema is read off the data: the user's and the candidates' structs, whose fields all
 * become features but "label". Text, booleans and whole numbers are categories, real numbers dense
 * values.
 */
public final class EglrReranker extends Estimator<EglrRerankModel>
    implements RerankParams<EglrReranker>, DefaultParamsWritable {

  private final String uid;
  private final RerankParamSet params;
  private final TrainingParamSet training;

  public EglrReranker() {
    this(Identifiable$.MODULE$.randomUID("eglrReranker"));
  }

  /**
   * @param uid that Spark knows it by
   */
  public EglrReranker(String uid) {
    this.uid = uid;
    params = new RerankParamSet(this);
    training = new TrainingParamSet(this);
    params.setDefaults(this);
    training.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public RerankParamSet paramSet() {
    return params;
  }

  /** {@link #setClicksCol}. */
  public Param<String> clicksCol() {
    return training.clicksCol;
  }

  /** {@link #setUtilityCol}. */
  public Param<String> utilityCol() {
    return training.utilityCol;
  }

  /** {@link #setTimeCol}. */
  public Param<String> timeCol() {
    return training.timeCol;
  }

  /** {@link #setValidationShare}. */
  public DoubleParam validationShare() {
    return training.validationShare;
  }

  /** {@link #setSettings}. */
  public Param<String> settings() {
    return training.settings;
  }

  /** {@link #setSeed}. */
  public LongParam seed() {
    return training.seed;
  }

  /** {@link #setMaxCandidates}. */
  public LongParam maxCandidates() {
    return training.maxCandidates;
  }

  /** {@link #setDistributed}. */
  public BooleanParam distributed() {
    return training.distributed;
  }

  /** {@link #setCheckpointFolder}. */
  public Param<String> checkpointFolder() {
    return training.checkpointFolder;
  }

  /** {@link #setCheckpointSteps}. */
  public IntParam checkpointSteps() {
    return training.checkpointSteps;
  }

  /**
   * The column of the clicks, default "clicks": an array of boolean, one a candidate that was
   * shown. Those were the first candidates, in this order; the others were not shown.
   */
  public EglrReranker setClicksCol(String column) {
    set(clicksCol(), column);
    return this;
  }

  /**
   * The column of the lists' utility (eq. 16), a number that is at least 0; not set: a list's
   * clicks.
   */
  public EglrReranker setUtilityCol(String column) {
    set(utilityCol(), column);
    return this;
  }

  /**
   * The column of the time that a list was shown at: a whole number, a timestamp or a date.
   * Training reads the lists in its order, and each user's last lists validate; not set: an order
   * that follows from the lists' values.
   */
  public EglrReranker setTimeCol(String column) {
    set(timeCol(), column);
    return this;
  }

  /** Share of lists that validate: 0 to 0.9; default 0.1. */
  public EglrReranker setValidationShare(double share) {
    set(validationShare(), (Object) share);
    return this;
  }

  /**
   * Settings of model and training by their Java names, "width=64" or "grpo.epochs=2"; all those of
   * {@link org.eglr.experiment.SettingCatalog}. Default: none, which leaves each at its own.
   *
   * @throws IllegalArgumentException if a setting is not known or cannot have the value
   */
  public EglrReranker setSettings(String... nameAndValue) {
    String together = NamedValues.together(nameAndValue);
    NamedValues.of(together); // says at once what is wrong
    set(settings(), together);
    return this;
  }

  /** Decides first weights, the order of training and what is drawn; default 1. */
  public EglrReranker setSeed(long value) {
    set(seed(), (Object) value);
    return this;
  }

  /**
   * The most candidates, of all lists together, that the driver is to hold: 1 or more, default
   * 20,000,000. With {@link #setDistributed} those of the validation lists alone.
   */
  public EglrReranker setMaxCandidates(long candidates) {
    set(maxCandidates(), (Object) candidates);
    return this;
  }

  /**
   * Whether executors train, too; default false, the driver alone. The model is the same, bit by
   * bit, wherever the same kernels compute.
   *
   * <p>If so, the executors keep the training lists, encoded, in memory or on disk, and compute
   * each step's gradients; training lists are not collected, and {@link #setMaxCandidates} is for
   * the validation lists alone. The driver holds the weights with the optimiser's moments, the
   * vocabularies, the validation lists, some 150 bytes a list while the log is split and 8
   * afterwards, and a step's gradients. The reward 'off-support' needs the whole log on one machine
   * and is refused.
   *
   * <p>Each step costs jobs, one for the evaluator, two for the generator, and gradients on their
   * way to the driver. It is for logs that the driver cannot hold; as to time, only the generator's
   * steps gain much, with many cores and large batches (setting "grpo.batchSize").
   */
  public EglrReranker setDistributed(boolean everywhere) {
    set(distributed(), (Object) everywhere);
    return this;
  }

  /**
   * A folder on the driver's machine, in which a fit keeps a checkpoint of each stage; made if
   * there is none, and default none. A fit that finds checkpoints there goes on where they end,
   * with the weights and logs of a fit that was never stopped, bit by bit, whatever the partitions.
   * Settings, {@link #setDistributed} and lists must be those of the fit before; epochs and steps
   * may be raised. A fit that is finished stays finished: another one needs another folder.
   */
  public EglrReranker setCheckpointFolder(String folder) {
    set(checkpointFolder(), folder);
    return this;
  }

  /** Steps between checkpoints; at least 1, default 50. */
  public EglrReranker setCheckpointSteps(int steps) {
    set(checkpointSteps(), (Object) steps);
    return this;
  }

  /**
   * Trains.
   *
   * @throws org.eglr.ModelFileException if a checkpoint is not of this fit, saying what differs
   * @throws org.eglr.data.DataException if the columns are not those of lists, a list is none, or
   *     there are more candidates than the driver is to hold
   */
  @Override
  public EglrRerankModel fit(Dataset<?> dataset) {
    CollectedLog log = new CollectedLog(this, dataset.schema());
    boolean everywhere = (Boolean) getOrDefault(distributed());
    EglrRerankModel model =
        everywhere ? trainedEverywhere(log, dataset.toDF()) : trainedHere(log, dataset.toDF());
    return copyValues(model, new ParamMap()).setParent(this);
  }

  private EglrRerankModel trainedHere(CollectedLog log, Dataset<Row> lists) {
    NamedValues chosen = NamedValues.of(getOrDefault(settings()));
    double share = (Double) getOrDefault(validationShare());
    Splits data =
        log.collect(lists, (Long) getOrDefault(maxCandidates())).split(1 - share, share, 0);
    Eglr eglr = chosen.model(data.schema(), (Long) getOrDefault(seed()));
    FitCheckpoints kept = checkpoints();
    UnaryOperator<EvaluatorTraining> evaluator =
        options -> kept.of(FitCheckpoints.EVALUATOR, chosen.evaluator(options));
    UnaryOperator<GrpoTraining> generator =
        options -> kept.of(FitCheckpoints.GENERATOR, chosen.generator(options));
    if (data.valid().size() == 0) {
      eglr.trainEvaluator(data.train(), evaluator);
      eglr.trainGenerator(data.train(), generator);
    } else {
      eglr.trainEvaluator(data, evaluator);
      eglr.trainGenerator(data, generator);
    }
    return EglrRerankModel.of(eglr);
  }

  private FitCheckpoints checkpoints() {
    return new FitCheckpoints(
        getOrDefault(checkpointFolder()), (Integer) getOrDefault(checkpointSteps()));
  }

  private EglrRerankModel trainedEverywhere(CollectedLog log, Dataset<Row> lists) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(lists.sparkSession().sparkContext());
    return EglrRerankModel.of(trained(new TrainingJobs(context), log, lists));
  }

  /** Trains over partitions; the trained model's file. */
  byte[] trained(TrainingJobs jobs, CollectedLog log, Dataset<Row> lists) {
    return new DistributedTraining(
            jobs,
            NamedValues.of(getOrDefault(settings())),
            (Long) getOrDefault(seed()),
            (Double) getOrDefault(validationShare()),
            (Long) getOrDefault(maxCandidates()),
            checkpoints())
        .train(log, lists);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return new CollectedLog(this, schema).ranked();
  }

  @Override
  public EglrReranker copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return DefaultParamsWritable.super.write();
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<EglrReranker> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads a saved estimator. */
  public static EglrReranker load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "EglrReranker: uid=%s, settings='%s'".formatted(uid, getOrDefault(settings()));
  }
}
