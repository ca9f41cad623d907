package org.eglr.kernel.magic;

import java.util.concurrent.Callable;
import org.eglr.data.Splits;
import org.eglr.rerank.LearnedReranker;
import org.eglr.train.RerankerTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "reranker",
    description = "Trains a re-ranker that %%eglr model KIND made, all of its stages.",
    footer = {"var rerankerLog = reranker.train(data, t -> t.epochs(8));"})
final class TrainRerankerCommand implements Callable<Object> {

  private static final RerankerTraining USUAL = new RerankerTraining();

  private final Session session;

  @Option(names = "--data", paramLabel = "NAME", description = "variable that holds the data")
  private String data = "data";

  @Option(
      names = "--model",
      paramLabel = "RERANKER",
      description = "variable that holds the re-ranker")
  private String model = Session.RERANKER;

  @Option(
      names = "--epochs",
      description = "passes over the lists, in stages that learn from clicks")
  private int epochs = USUAL.epochs();

  @Option(
      names = "--reinforcedEpochs",
      description = "passes over the lists, in stages that learn from the evaluator")
  private int reinforcedEpochs = USUAL.reinforcedEpochs();

  @Option(names = "--batchSize", description = "requests per optimiser step")
  private int batchSize = USUAL.batchSize();

  @Option(names = "--weightDecay", description = "decoupled weight decay")
  private double weightDecay = USUAL.weightDecay();

  @Option(
      names = "--patience",
      description = "validations without better weights before a stage stops; 0: never")
  private int patience = USUAL.patience();

  @Option(names = "--stage", description = "the one stage to train; all if left out")
  private String stage;

  @Option(
      names = "--samples",
      description = "lists drawn for a request in stages that draw; 0: as many as the model says")
  private int samples = USUAL.samples();

  @Option(names = "--updates", description = "optimiser steps with the same drawn lists")
  private int updates = USUAL.updates();

  @Mixin private StepSizes stepSizes = new StepSizes(USUAL);

  @Mixin private Training training = new Training("rerankerLog");

  TrainRerankerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    Splits lists = session.require(data, Splits.class, "%eglr data SOURCE loads data");
    LearnedReranker reranker =
        session.require(model, LearnedReranker.class, "%eglr model KIND makes one");
    return training.run(
        session,
        display ->
            reranker.train(
                lists,
                options ->
                    stepSizes
                        .configure(options)
                        .epochs(epochs)
                        .reinforcedEpochs(reinforcedEpochs)
                        .batchSize(batchSize)
                        .weightDecay(weightDecay)
                        .patience(patience)
                        .stage(stage)
                        .samples(samples)
                        .updates(updates)
                        .listener(display)));
  }
}
