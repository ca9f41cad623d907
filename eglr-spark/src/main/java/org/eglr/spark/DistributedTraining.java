package org.eglr.spark;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.eglr.data.ListSet;
import org.eglr.data.Schema;
import org.eglr.internal.Recommender;
import org.eglr.internal.store.ModelFile;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;

/**
 * Trains over partitions. Executors keep the lists and compute a batch's parts, the driver holds
 * weights, optimiser and log, and adds up the parts' gradients in their order. Parts are those of
 * one machine, and so are the weights, to the bit.
 */
final class DistributedTraining {

  private final TrainingJobs jobs;
  private final NamedValues settings;
  private final long seed;
  private final double validationShare;
  private final long maxCandidates;
  private final FitCheckpoints checkpoints;

  DistributedTraining(
      TrainingJobs jobs,
      NamedValues settings,
      long seed,
      double validationShare,
      long maxCandidates,
      FitCheckpoints checkpoints) {
    this.jobs = jobs;
    this.settings = settings;
    this.seed = seed;
    this.validationShare = validationShare;
    this.maxCandidates = maxCandidates;
    this.checkpoints = checkpoints;
  }

  /** The trained model's file. */
  byte[] train(CollectedLog columns, Dataset<Row> rows) {
    DistributedLog log = new DistributedLog(jobs.context(), columns, rows, validationShare);
    Schema schema = log.schema();
    ModelFile.Content first = ModelBytes.content(ModelBytes.of(settings.model(schema, seed)));
    Recommender model = Recommender.of(first);
    try (TrainingModel untrained = new TrainingModel(jobs.context(), first)) {
      JavaRDD<byte[][]> encoded = log.encoded(untrained);
      try {
        ListSet valid = log.validation(encoded, schema, maxCandidates);
        StoredLists lists = log.training(encoded, schema);
        trainEvaluator(model, lists, valid, untrained);
        trainGenerator(model, lists, valid);
      } finally {
        encoded.unpersist();
      }
    }
    return ModelBytes.of(model.content());
  }

  private void trainEvaluator(
      Recommender model, StoredLists lists, ListSet valid, TrainingModel untrained) {
    EvaluatorTraining options =
        checkpoints.of(
            FitCheckpoints.EVALUATOR,
            settings.evaluator(new EvaluatorTraining().validation(valid)));
    int[] member = {0}; // they are made one after the other
    model
        .evaluator()
        .train(
            lists,
            options,
            (one, weights) ->
                new RemoteEvaluatorGradients(jobs, untrained, member[0]++, one, weights));
  }

  private void trainGenerator(Recommender model, StoredLists lists, ListSet valid) {
    GrpoTraining options =
        checkpoints.of(
            FitCheckpoints.GENERATOR, settings.generator(new GrpoTraining().validation(valid)));
    try (TrainingModel taught = new TrainingModel(jobs.context(), model.content())) {
      model.trainGenerator(
          lists,
          options,
          (weights, reference) -> new RemoteGeneratorWork(jobs, taught, weights, reference));
    }
  }
}
