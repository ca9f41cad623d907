package org.eglr.kernel.magic;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.eglr.Eglr;
import org.eglr.decode.EntropyProfile;
import org.eglr.kernel.Charts;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.chart.Picture;
import org.eglr.metrics.Report;
import org.eglr.train.TrainingLog;
import org.knowm.xchart.internal.chartpart.Chart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "plot",
    description = "Draws a chart.",
    footer = {
      "Charts.entropy(eglr.evaluate(data.test()).profile().get())",
      "Charts.reward(grpoLog)",
      "Charts.calibration(eglr, data.test())"
    })
final class PlotCommand implements Callable<Object> {

  enum What {
    entropy,
    reasoning,
    reward,
    loss,
    calibration,
    lists
  }

  private final Session session;

  @Mixin private Inputs inputs;

  @Parameters(
      paramLabel = "WHAT",
      description = {
        "entropy: by position, before and after reasoning; reasoning: steps by position;"
            + " reward: of GRPO; loss: of the evaluator; calibration: of the evaluator, predicted"
            + " against logged clicks; lists: logged clicks by position"
      })
  private What what;

  @Option(names = "--on", description = "entropy, reasoning, calibration, lists: which lists")
  private Inputs.Part on = Inputs.Part.test;

  @Option(names = "--lists", description = "entropy, reasoning, calibration: most lists to measure")
  private int lists = 1000;

  @Option(names = "--log", paramLabel = "NAME", description = "reward, loss: variable of the log")
  private String log;

  PlotCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    Chart<?, ?>[] charts =
        switch (what) {
          case entropy -> entropy(profile());
          case reasoning -> new Chart<?, ?>[] {Charts.reasoningSteps(profile())};
          case reward ->
              new Chart<?, ?>[] {
                Charts.reward(log(Session.GRPO_LOG, Eglr::generatorLog, "%eglr train grpo"))
              };
          case loss ->
              new Chart<?, ?>[] {
                Charts.loss(log(Session.EVALUATOR_LOG, Eglr::evaluatorLog, "%eglr train evaluator"))
              };
          case calibration -> new Chart<?, ?>[] {calibration()};
          case lists ->
              new Chart<?, ?>[] {Charts.clicks(inputs.lists(session, on, Integer.MAX_VALUE))};
        };
    session.show(Picture.of(charts).content());
    return charts[0];
  }

  private Chart<?, ?> calibration() {
    return Charts.calibration(inputs.evaluated(session), inputs.lists(session, on, lists));
  }

  private static Chart<?, ?>[] entropy(EntropyProfile profile) {
    return new Chart<?, ?>[] {Charts.entropy(profile), Charts.relativeEntropy(profile)};
  }

  private EntropyProfile profile() {
    session.declare("report", Report.class);
    Report report = inputs.trained(session).evaluate(inputs.lists(session, on, lists));
    return session
        .define("report", report)
        .profile()
        .orElseThrow(() -> new EglrError("the model makes its lists in one step: no entropy"));
  }

  /** That of --log, or of another model than the usual one, or of the usual variable. */
  private TrainingLog log(
      String usual, Function<Eglr, Optional<TrainingLog>> ofModel, String remedy) {
    TrainingLog found =
        log == null && !inputs.usualModel()
            ? ofModel
                .apply(inputs.model(session))
                .orElseThrow(
                    () -> new EglrError("the model has no log of that training: " + remedy))
            : session.require(log == null ? usual : log, TrainingLog.class, remedy + " makes one");
    if (found.steps().isEmpty()) {
      throw new EglrError("the run took no step: nothing to draw");
    }
    return found;
  }
}
