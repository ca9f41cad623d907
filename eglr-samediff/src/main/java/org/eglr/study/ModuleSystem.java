package org.eglr.study;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.eglr.Reranker;
import org.eglr.reasoning.ReasoningBuilder;
import org.eglr.rerank.LearnedReranker;
import org.eglr.rerank.RerankerBuilder;

/**
 * A generator of the catalogue with EGLR's module in its decoding (section 5.4).
 *
 * @param name in tables
 * @param backbone by its defaults
 * @param module its settings
 * @param dial what is tuned
 */
record ModuleSystem(
    String name, CatalogSystem backbone, UnaryOperator<ReasoningBuilder> module, Dial dial)
    implements PaperSystem {

  @Override
  public ModuleSystem at(Dial other) {
    return new ModuleSystem(name, backbone, module, other);
  }

  @Override
  public boolean tunable(Bench bench, TunedSetting setting) {
    return setting == TunedSetting.LEARNING_RATE;
  }

  @Override
  public boolean taught() {
    return backbone.taught();
  }

  @Override
  public String settings(Bench bench) {
    return String.format(
        Locale.ROOT,
        "%s; module: %s",
        backbone.at(dial).settings(bench),
        module.apply(new ReasoningBuilder()).build());
  }

  @Override
  public Trained train(Bench bench, long seed) {
    LearnedReranker plain = (LearnedReranker) backbone.made(bench, seed);
    LearnedReranker made =
        RerankerBuilder.of(bench.evaluator(seed), plain.model())
            .seed(seed)
            .withReasoning(module)
            .build();
    return new Trained(made, CatalogSystem.train(made, bench, dial));
  }

  @Override
  public Reranker load(Path file, Bench bench, long seed) {
    return LearnedReranker.load(file, null, bench.evaluator(seed));
  }
}
