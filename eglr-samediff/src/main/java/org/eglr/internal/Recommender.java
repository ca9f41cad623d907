package org.eglr.internal;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eglr.Engine;
import org.eglr.Ranking;
import org.eglr.Settings;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.check.Setting;
import org.eglr.internal.learn.GeneratorWork;
import org.eglr.internal.learn.TrainingLists;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.LostGate;
import org.eglr.internal.store.ModelFile;
import org.eglr.metrics.Report;
import org.eglr.reasoning.ReasoningBuilder;
import org.eglr.train.GrpoTraining;
import org.eglr.train.TrainingLog;

/**
 * Writes lists with an evaluator and a generator in one way of decoding: a view of a model. For any
 * number of threads, also while the model is trained: a call computes with what the model was when
 * it began.
 */
public final class Recommender {

  private final Architecture architecture;
  private final EvaluatorModel evaluator;
  private final GeneratorModel generator;
  private final Engine bulk;
  private final Engine single; // writes lists that are asked for one by one
  private final int preselection; // 0: none
  private volatile ServedModel served;

  public Recommender(
      Architecture architecture,
      EvaluatorModel evaluator,
      GeneratorModel generator,
      Engine bulk,
      Engine single,
      int preselection) {
    this.architecture = architecture;
    this.evaluator = evaluator;
    this.generator = generator;
    this.bulk = bulk;
    this.single = single;
    this.preselection = preselection;
  }

  /** A model of a file, computed in plain Java. */
  public static Recommender of(ModelFile.Content content) {
    EvaluatorModel evaluator = EvaluatorModel.of(content);
    GeneratorModel generator = GeneratorModel.of(content, evaluator.state());
    return new Recommender(
        content.architecture(),
        evaluator,
        generator,
        Engine.JAVA,
        Engine.JAVA,
        content.preselection());
  }

  /** The same model with other reasoning. */
  public Recommender with(UnaryOperator<ReasoningBuilder> reasoning) {
    Settings present = architecture.settings();
    var changed = reasoning.apply(new ReasoningBuilder(present.reasoning())).build();
    return new Recommender(
        new Architecture(architecture.schema(), present.withReasoning(changed)),
        evaluator,
        generator,
        bulk,
        single,
        preselection);
  }

  /** The same model on other engines. */
  public Recommender with(Engine many, Engine one) {
    return new Recommender(architecture, evaluator, generator, many, one, preselection);
  }

  /**
   * The same model behind a preselection.
   *
   * @param top candidates that stay, at least 1
   */
  public Recommender withPreselection(int top) {
    Setting.require(top >= 1, "top", top, "1 or more");
    return new Recommender(architecture, evaluator, generator, bulk, single, top);
  }

  public Architecture architecture() {
    return architecture;
  }

  public EvaluatorModel evaluator() {
    return evaluator;
  }

  /** What computes all but single lists. */
  public Engine bulk() {
    return bulk;
  }

  /** Where it computes and with what. */
  public String hardware() {
    return Hardware.describe(bulk, single);
  }

  /** Number of parameters. */
  public long parameters() {
    return evaluator.state().weights().size() + generator.state().weights().size();
  }

  /** Trains the generator against the evaluator as it is now. */
  public TrainingLog trainGenerator(ListSet train, GrpoTraining options) {
    LostGate.refuse(architecture.settings().reasoning());
    EvaluatorState teacher = evaluator.state();
    teacher.requireTrained("trainEvaluator first, the generator learns from it");
    return generator.train(bulk, architecture, teacher, train, options);
  }

  /**
   * Trains the generator in plain Java on lists that lie elsewhere.
   *
   * @param work makes what writes lists and replays them
   */
  public TrainingLog trainGenerator(
      TrainingLists lists, GrpoTraining options, GeneratorWork.Maker work) {
    LostGate.refuse(architecture.settings().reasoning());
    EvaluatorState teacher = evaluator.state();
    teacher.requireTrained("trainEvaluator first, the generator learns from it");
    return generator.train(architecture, teacher, lists, options, work);
  }

  /** Passes the present weights off as trained. */
  public void declareTrained() {
    evaluator.declareTrained();
    generator.declareTrained(evaluator.state());
  }

  public boolean generatorTrained() {
    return now().generatorTrained();
  }

  /** What a file of the model as it is now holds. */
  public ModelFile.Content content() {
    ServedModel now = now();
    return new ModelFile.Content(
        architecture,
        now.evaluator().weights(),
        now.generator().weights(),
        now.evaluator().trained(),
        now.generatorTrained(),
        preselection,
        now.evaluator().log().orElse(null),
        now.generatorLog().orElse(null));
  }

  /** Of the generator's last training; empty if it must be trained anew. */
  public Optional<TrainingLog> generatorLog() {
    return now().generatorLog();
  }

  /** The model as it is now: two states that were present at the same moment. */
  private ServedModel now() {
    EvaluatorState e = evaluator.state();
    GeneratorState g = generator.state();
    while (evaluator.state() != e) { // a training ended in between
      e = evaluator.state();
      g = generator.state();
    }
    ServedModel known = served;
    return known != null && known.isOf(e, g) ? known : renewed(e, g);
  }

  private synchronized ServedModel renewed(EvaluatorState e, GeneratorState g) {
    ServedModel old = served;
    if (old != null && old.isOf(e, g)) {
      return old;
    }
    served = new ServedModel(architecture, e, g);
    if (old != null) {
      old.close();
    }
    return served;
  }

  /** The greedy list of each request and how it came about. */
  public List<Ranking> rerank(List<Request> requests) {
    LostGate.refuse(architecture.settings().reasoning());
    requests.forEach(request -> architecture.schema().requireSame(request.schema()));
    ServedModel now = now().requireTrained();
    List<Request> narrowed = requests;
    if (preselection > 0) {
      Preselection narrowing = preselection(now);
      narrowed = requests.stream().map(narrowing::narrowed).toList();
    }
    return now.rankings(bulk, narrowed, now.writer(single).trace(narrowed));
  }

  /** The lists that beam search finds, the most probable first. */
  public List<Ranking> beamSearch(Request request, int width) {
    LostGate.refuse(architecture.settings().reasoning());
    architecture.schema().requireSame(request.schema());
    Setting.require(width >= 1 && width <= 1000, "width", width, "1 to 1000");
    ServedModel now = now().requireTrained();
    Request narrowed = preselection == 0 ? request : preselection(now).narrowed(request);
    ListWriter writer = now.writer(single);
    List<ListWriter.Traced> written =
        writer.beam(narrowed, width).stream()
            .map(list -> writer.trace(narrowed, list.order()))
            .toList();
    return now.rankings(bulk, Collections.nCopies(written.size(), narrowed), written);
  }

  /**
   * Measures greedy lists.
   *
   * @param name of the report
   */
  public Report evaluate(String name, ListSet lists) {
    LostGate.refuse(architecture.settings().reasoning());
    SchemaCheck.require(architecture.schema(), lists);
    return evaluation(now().requireTrained()).of(name, lists);
  }

  /** As {@link #evaluate}, but says in the report's name if the generator is not trained. */
  public Report evaluateAnyGenerator(String name, ListSet lists) {
    LostGate.refuse(architecture.settings().reasoning());
    SchemaCheck.require(architecture.schema(), lists);
    ServedModel now = now();
    now.evaluator().requireTrained("trainEvaluator first, then trainGenerator");
    String suffix = now.generatorTrained() ? "" : ", generator not trained";
    return evaluation(now).of(name + suffix, lists);
  }

  private GreedyEvaluation evaluation(ServedModel now) {
    return new GreedyEvaluation(
        now, bulk, preselection > 0 ? preselection(now) : null, architecture.settings().seed());
  }

  private Preselection preselection(ServedModel now) {
    return new Preselection(preselection, now.evaluator().scorer(bulk));
  }
}
