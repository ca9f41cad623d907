package org.eglr.kernel.magic;

import java.util.concurrent.Callable;
import org.eglr.Eglr;
import org.eglr.data.Splits;
import org.eglr.train.GrpoTraining;
import org.eglr.train.Reward;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "grpo",
    description = "Trains the generator by GRPO against the evaluator (section 4.4.2).",
    footer = {
      "var grpoLog = eglr.trainGenerator(data, t -> t.groupSize(8).listener(LiveDisplay.here()));",
      "eglr.trainGenerator(data, t -> t.reward(list -> list.clickDcg() - 0.1 * list.number(\"price\", 0)));",
      "eglr.trainGenerator(data, t -> t.checkpoint(file, 100)); // after a restart t.resume(file)"
    })
final class TrainGrpoCommand implements Callable<Object> {

  private static final GrpoTraining USUAL = new GrpoTraining();

  private final Session session;

  @Mixin private Inputs inputs;

  @Option(names = "--epochs", description = "passes over the training requests")
  private int epochs = USUAL.epochs();

  @Option(names = "--steps", description = "optimiser steps, instead of epochs; 0: by epochs")
  private int steps = USUAL.steps();

  @Option(names = "--batchSize", description = "requests per optimiser step")
  private int batchSize = USUAL.batchSize();

  @Option(names = "--groupSize", description = "lists sampled per request, G")
  private int groupSize = USUAL.groupSize();

  @Option(
      names = "--reward",
      paramLabel = RewardConverter.LABEL,
      description =
          "what is maximised: click-dcg, list-value, pessimistic(BETA) (members), off-support (to be"
              + " taken away), true-dcg, true-clicks (simulated data),"
              + " diversity(FIELD), ilad(FIELD), a sum such as \"click-dcg + 0.2 diversity(genre)\","
              + " or $variable with a Reward of one's own")
  private Reward reward = USUAL.reward();

  @Option(
      names = "--normaliseEach",
      arity = "1",
      paramLabel = "true|false",
      description = "normalise each part of a sum of rewards before they are added, as in GDPO")
  private boolean normaliseEach = USUAL.normaliseEach();

  @Option(
      names = "--scaleByDeviation",
      arity = "1",
      paramLabel = "true|false",
      description = "divide advantages by the group's deviation; false is Dr. GRPO")
  private boolean scaleByDeviation = USUAL.scaleByDeviation();

  @Option(names = "--deviationFloor", description = "added to the deviation, delta of eq. 18")
  private double deviationFloor = USUAL.deviationFloor();

  @Option(names = "--updatesPerRollout", description = "optimiser steps by the same lists")
  private int updatesPerRollout = USUAL.updatesPerRollout();

  @Option(
      names = "--clipLow",
      description = "how far a choice's ratio may fall below 1, with several updates per rollout")
  private double clipLow = USUAL.clipLow();

  @Option(names = "--clipHigh", description = "how far it may grow above 1")
  private double clipHigh = USUAL.clipHigh();

  @Option(
      names = "--klToReference",
      description = "weight beta of the divergence from the generator as the run began; 0: off")
  private double klToReference = USUAL.klToReference();

  @Option(names = "--entropyBonus", description = "weight of the choices' entropy; 0: off")
  private double entropyBonus = USUAL.entropyBonus();

  @Option(
      names = "--gainRate",
      description = "learning rate of reasoning's gain, as a share of the learning rate")
  private double gainRate = USUAL.gainRate();

  @Option(names = "--validateEvery", description = "optimiser steps between validations")
  private int validateEvery = USUAL.validateEvery();

  @Option(
      names = "--patience",
      description = "validations without a better one before it stops; 0: never")
  private int patience = USUAL.patience();

  @Mixin private StepSizes stepSizes = new StepSizes(USUAL);

  @Mixin private Checkpointing checkpointing;

  @Mixin private Training training = new Training(Session.GRPO_LOG);

  TrainGrpoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    Splits data = inputs.data(session);
    Eglr eglr = inputs.evaluated(session);
    return training.run(
        session,
        display ->
            eglr.trainGenerator(
                data,
                options ->
                    checkpointing
                        .configure(stepSizes.configure(configure(options)))
                        .listener(display)));
  }

  private GrpoTraining configure(GrpoTraining options) {
    return options
        .epochs(epochs)
        .steps(steps)
        .batchSize(batchSize)
        .groupSize(groupSize)
        .reward(reward)
        .scaleByDeviation(scaleByDeviation)
        .deviationFloor(deviationFloor)
        .normaliseEach(normaliseEach)
        .updatesPerRollout(updatesPerRollout)
        .clip(clipLow, clipHigh)
        .klToReference(klToReference)
        .entropyBonus(entropyBonus)
        .gainRate(gainRate)
        .validateEvery(validateEvery)
        .patience(patience);
  }
}
