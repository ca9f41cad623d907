package org.eglr.kernel.magic;

import java.util.concurrent.Callable;
import org.eglr.Eglr;
import org.eglr.data.Splits;
import org.eglr.train.EvaluatorSelection;
import org.eglr.train.EvaluatorTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "evaluator",
    description = "Trains the evaluator on logged lists (section 4.4.1).",
    footer = {
      "var evaluatorLog = eglr.trainEvaluator(data, t -> t.epochs(8).listener(LiveDisplay.here()));",
      "eglr.trainEvaluator(data, t -> t.checkpoint(file, 100)); // after a restart t.resume(file)"
    })
final class TrainEvaluatorCommand implements Callable<Object> {

  private static final EvaluatorTraining USUAL = new EvaluatorTraining();

  private final Session session;

  @Mixin private Inputs inputs;

  @Option(names = "--epochs", description = "passes over the training lists")
  private int epochs = USUAL.epochs();

  @Option(names = "--batchSize", description = "lists per optimiser step")
  private int batchSize = USUAL.batchSize();

  @Option(names = "--weightDecay", description = "decoupled weight decay")
  private double weightDecay = USUAL.weightDecay();

  @Option(
      names = "--dropout",
      description = "share of values that a step drops at random; engine JAVA only; 0: none")
  private double dropout = USUAL.dropout();

  @Option(
      names = {"--selectBy", "--select"},
      paramLabel = "MEASURE",
      description =
          "what decides which weights are kept: LOSS, or ORDER, by which clicks must agree with"
              + " what is seen of neighbours")
  private EvaluatorSelection selectBy = USUAL.selectBy();

  @Option(
      names = "--patience",
      description = "epochs without better weights, by --selectBy, before it stops; 0: never")
  private int patience = USUAL.patience();

  @Mixin private StepSizes stepSizes = new StepSizes(USUAL);

  @Mixin private Checkpointing checkpointing;

  @Mixin private Training training = new Training(Session.EVALUATOR_LOG);

  TrainEvaluatorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    Splits data = inputs.data(session);
    Eglr eglr = inputs.model(session);
    return training.run(
        session,
        display ->
            eglr.trainEvaluator(
                data,
                options ->
                    checkpointing
                        .configure(stepSizes.configure(options))
                        .epochs(epochs)
                        .batchSize(batchSize)
                        .weightDecay(weightDecay)
                        .dropout(dropout)
                        .selectBy(selectBy)
                        .patience(patience)
                        .listener(display)));
  }
}
