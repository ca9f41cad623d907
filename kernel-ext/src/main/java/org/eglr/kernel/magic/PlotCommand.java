package org.eglr.kernel.magic;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.eglr.Eglr;
import org.eglr.data.ListSet;
import org.eglr.decode.EntropyProfile;
import org.eglr.decode.SelfAttention;
import org.eglr.kernel.Charts;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.chart.HeatMap;
import org.eglr.kernel.chart.Picture;
import org.eglr.kernel.view.EvaluatorView;
import org.eglr.metrics.EvaluatorReport;
import org.eglr.metrics.Report;
import org.eglr.train.TrainingLog;
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
      "Charts.calibration(eglr, data.test())",
      "Charts.attention(eglr.attention(eglr.rerank(data.test().request(0))))",
      "Charts.calibration(eglr.evaluator().measure(data.test()))",
      "Charts.reward(grpoLog).size(600, 400).save(\"reward.svg\");"
    })
final class PlotCommand implements Callable<Object> {

  enum What {
    entropy,
    reasoning,
    reward,
    loss,
    calibration,
    evaluator,
    lists,
    attention
  }

  private final Session session;

  @Mixin private Inputs inputs;

  @Parameters(
      paramLabel = "WHAT",
      description = {
        "entropy: by position, before and after reasoning; reasoning: steps by position;"
            + " reward: of GRPO; loss: of the evaluator; calibration: of the evaluator, predicted"
            + " against logged clicks; evaluator: the same, and its measures as a table, among them"
            + " whether it sees an item's neighbours; lists: logged clicks by position;"
            + " attention: of the decoder, in the list of one request"
      })
  private What what;

  @Option(names = "--on", description = "all but reward and loss: which lists")
  private Inputs.Part on = Inputs.Part.test;

  @Option(
      names = "--lists",
      description = "entropy, reasoning, calibration, evaluator: most lists to measure")
  private int lists = 1000;

  @Option(names = "--log", paramLabel = "NAME", description = "reward, loss: variable of the log")
  private String log;

  @Option(
      names = "--list",
      paramLabel = "INDEX",
      description = "attention: which of the lists, from 0")
  private int list = 0;

  @Option(names = "--head", description = "attention: of the decoder, from 0; otherwise the mean")
  private Integer head;

  @Mixin private FigureOptions figure;

  PlotCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    figure.check(); // before the measuring, which may take long
    return figure.show(session, picture());
  }

  private Picture picture() {
    return switch (what) {
      case entropy -> entropy(profile());
      case reasoning -> Picture.of(Charts.reasoningSteps(profile()));
      case reward ->
          Picture.of(Charts.reward(log(Session.GRPO_LOG, Eglr::generatorLog, "%eglr train grpo")));
      case loss ->
          Picture.of(
              Charts.loss(log(Session.EVALUATOR_LOG, Eglr::evaluatorLog, "%eglr train evaluator")));
      case calibration ->
          Picture.of(
              Charts.calibration(inputs.evaluated(session), inputs.lists(session, on, lists)));
      case evaluator -> Picture.of(Charts.calibration(measured()));
      case lists -> Picture.of(Charts.clicks(inputs.lists(session, on, Integer.MAX_VALUE)));
      case attention -> Picture.of(attention());
    };
  }

  private HeatMap attention() {
    Eglr eglr = inputs.trained(session);
    ListSet part = inputs.part(session, on);
    if (list < 0 || list >= part.size()) {
      throw new EglrError(
          "there is no list %d; the %s lists are 0 to %d".formatted(list, on, part.size() - 1));
    }
    SelfAttention found = eglr.attention(eglr.rerank(part.request(list)));
    return head == null ? Charts.attention(found) : Charts.attention(found, head);
  }

  private static Picture entropy(EntropyProfile profile) {
    return Picture.of(Charts.entropy(profile), Charts.relativeEntropy(profile));
  }

  private EntropyProfile profile() {
    session.declare("report", Report.class);
    Report report = inputs.trained(session).evaluate(inputs.lists(session, on, lists));
    return session
        .define("report", report)
        .profile()
        .orElseThrow(() -> new EglrError("the model makes its lists in one step: no entropy"));
  }

  /** The evaluator's measures, which are shown and kept. */
  private EvaluatorReport measured() {
    session.declare("evaluatorReport", EvaluatorReport.class);
    EvaluatorReport report =
        inputs.evaluated(session).evaluator().measure(inputs.lists(session, on, lists));
    session.show(EvaluatorView.of(report).content());
    return session.define("evaluatorReport", report);
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
