package org.eglr.study;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.eglr.Eglr;
import org.eglr.EglrBuilder;
import org.eglr.Reranker;
import org.eglr.internal.learn.Shards;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.Reasoning;
import org.eglr.train.GrpoTraining;
import org.eglr.train.TrainingLog;

/**
 * EGLR with some settings.
 *
 * @param model settings other than the defaults
 * @param longer factor of the training's steps
 */
record EglrSystem(String name, UnaryOperator<EglrBuilder> model, double longer, Dial dial)
    implements PaperSystem {

  /** By its defaults. */
  static final String DEFAULT = "EGLR";

  static EglrSystem of(String name, UnaryOperator<EglrBuilder> model) {
    return new EglrSystem(name, model, 1, Dial.NONE);
  }

  static EglrSystem byDefault() {
    return of(DEFAULT, builder -> builder);
  }

  static EglrSystem withoutReasoning(String name) {
    return of(name, builder -> builder.reasoning(r -> r.maxSteps(0)));
  }

  /** The same with more steps of training, under another name. */
  EglrSystem longer(String other, double factor) {
    return new EglrSystem(other, model, factor, dial);
  }

  @Override
  public EglrSystem at(Dial other) {
    return new EglrSystem(name, model, longer, other);
  }

  @Override
  public boolean tunable(Bench bench, TunedSetting setting) {
    Reasoning own = configured(Eglr.builder(bench.data().schema())).settings().reasoning();
    boolean gated = own.maxSteps() > 0 && own.gate() instanceof Gate.Entropy;
    return gated || setting != TunedSetting.ENTROPY_THRESHOLD;
  }

  @Override
  public boolean taught() {
    return true;
  }

  @Override
  public String settings(Bench bench) {
    EglrBuilder builder = Eglr.builder(bench.data().schema());
    return String.format(
        Locale.ROOT,
        "%s; GRPO: %d steps, learning rate %.3g, gain's %.3g of it",
        configured(builder.evaluator(bench.untrained())).settings(),
        steps(bench),
        rate(),
        new GrpoTraining().gainRate());
  }

  @Override
  public Trained train(Bench bench, long seed) {
    Eglr eglr = made(bench, seed);
    return new Trained(eglr, train(eglr, bench));
  }

  private Eglr made(Bench bench, long seed) {
    return configured(Eglr.builder(bench.data().schema()).evaluator(bench.evaluator(seed)))
        .seed(seed)
        .build();
  }

  /** Wall time of a training. */
  double seconds(Bench bench, long seed) {
    return train(made(bench, seed), bench).seconds();
  }

  /** Trains the generator of a model that is there. */
  TrainingLog train(Eglr eglr, Bench bench) {
    return eglr.trainGenerator(bench.data(), t -> t.steps(steps(bench)).learningRate(rate()));
  }

  @Override
  public Reranker load(Path file, Bench bench, long seed) {
    return Eglr.load(file);
  }

  private EglrBuilder configured(EglrBuilder builder) {
    EglrBuilder own = model.apply(builder);
    Reasoning usual = own.settings().reasoning();
    Gate gate =
        usual.gate() instanceof Gate.Entropy entropy
            ? Gate.entropy(entropy.nats() * dial.threshold())
            : usual.gate();
    return own.reasoning(r -> r.baseTemperature(usual.baseTemperature() * dial.heat()).gate(gate));
  }

  private double rate() {
    return new GrpoTraining().learningRate() * dial.rate();
  }

  private int steps(Bench bench) {
    int batch = new GrpoTraining().batchSize();
    int pass = Shards.count(bench.data().train().size(), batch);
    return (int) Math.round(longer * (bench.size().steps() == 0 ? pass : bench.size().steps()));
  }
}
