package org.eglr.rerank;

import java.util.Set;
import java.util.function.Function;
import org.eglr.Evaluator;
import org.eglr.Reranker;
import org.eglr.data.DataException;

/**
 * A kind of re-ranker, as {@link RerankerCatalog} lists it.
 *
 * @param name what people write: lower-case letters, digits, hyphens
 * @param about what it does, in one line
 * @param needs what it cannot do without
 * @param learns whether what the factory makes is {@link Trainable} and must be trained
 * @param factory makes one, not trained; it may count on what {@code needs} says
 */
public record RerankerKind(
    String name,
    String about,
    Set<Need> needs,
    boolean learns,
    Function<RerankerInputs, ? extends Reranker> factory) {

  /** What a kind of re-ranker cannot do without. */
  public enum Need {
    /** A trained evaluator. */
    EVALUATOR,
    /** Simulated lists, whose true click probabilities are known. */
    TRUTH
  }

  public RerankerKind {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "'%s' is no name for a kind of re-ranker: write lower-case letters, digits and hyphens"
              .formatted(name));
    }
    needs = Set.copyOf(needs);
  }

  /** Whether it cannot do without this. */
  public boolean needs(Need need) {
    return needs.contains(need);
  }

  /**
   * Makes one, not trained.
   *
   * @throws IllegalStateException if it needs an evaluator and there is none, or one not trained
   * @throws DataException if it needs the truth and the data are not simulated
   */
  public Reranker make(RerankerInputs inputs) {
    if (needs(Need.EVALUATOR) && !inputs.evaluator().map(Evaluator::trained).orElse(false)) {
      throw new IllegalStateException(
          "'%s' needs a trained evaluator: train one first, by Evaluator.train".formatted(name));
    }
    if (needs(Need.TRUTH) && inputs.data().log().truth().isEmpty()) {
      throw new DataException(
          "'%s' looks at the truth, which only simulated data have; these are '%s'"
              .formatted(name, inputs.data().log().name()));
    }
    Reranker made = factory.apply(inputs);
    if (learns && !(made instanceof Trainable)) {
      throw new IllegalStateException(
          "'%s' is said to learn, but its %s is not Trainable"
              .formatted(name, made.getClass().getSimpleName()));
    }
    return made;
  }

  /** Makes one and trains it by its default options if it learns. */
  public Reranker trained(RerankerInputs inputs) {
    Reranker made = make(inputs);
    if (learns) {
      ((Trainable) made).train(inputs.data());
    }
    return made;
  }
}
