package org.eglr.kernel.magic;

import java.util.Optional;
import org.eglr.Eglr;
import org.eglr.Reranker;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.kernel.EglrError;
import picocli.CommandLine.Option;

/** Which variables a command works on. */
final class Inputs {

  enum Part {
    train,
    valid,
    test
  }

  @Option(names = "--data", paramLabel = "NAME", description = "variable that holds the data")
  private String data = "data";

  @Option(names = "--model", paramLabel = "NAME", description = "variable that holds the model")
  private String model = Session.MODEL;

  Splits data(Session session) {
    return session.require(data, Splits.class, "%eglr data SOURCE loads data");
  }

  Eglr model(Session session) {
    return session.require(model, Eglr.class, "%eglr model makes one, %eglr load reads one");
  }

  /** The model, if the variable holds one. */
  Optional<Eglr> anyModel(Session session) {
    return session.value(model).filter(Eglr.class::isInstance).map(Eglr.class::cast);
  }

  /** A model whose evaluator and generator are trained. */
  Eglr trained(Session session) {
    Eglr eglr = evaluated(session);
    if (!eglr.generatorTrained()) {
      throw new EglrError("the generator is not trained yet: %eglr train grpo");
    }
    return eglr;
  }

  /** A trained re-ranker of any kind. */
  Reranker reranker(Session session) {
    Reranker found =
        session.require(model, Reranker.class, "%eglr model makes one, %eglr load reads one");
    if (found instanceof Eglr) {
      return trained(session);
    }
    if (!found.trained()) {
      throw new EglrError("'%s' is not trained yet: %%eglr train reranker".formatted(model));
    }
    return found;
  }

  boolean usualModel() {
    return model.equals(Session.MODEL);
  }

  /** A model whose evaluator is trained. */
  Eglr evaluated(Session session) {
    Eglr eglr = model(session);
    if (!eglr.evaluatorTrained()) {
      throw new EglrError("the evaluator is not trained yet: %eglr train evaluator");
    }
    return eglr;
  }

  /** All lists of one part of the data; at least one. */
  ListSet part(Session session, Part part) {
    Splits splits = data(session);
    ListSet lists =
        switch (part) {
          case train -> splits.train();
          case valid -> splits.valid();
          case test -> splits.test();
        };
    if (lists.size() == 0) {
      throw new EglrError("the data have no %s lists; choose others with --on".formatted(part));
    }
    return lists;
  }

  /**
   * Lists of one part of the data.
   *
   * @param limit most lists, drawn by a fixed seed
   */
  ListSet lists(Session session, Part part, int limit) {
    ListSet lists = part(session, part);
    return lists.size() <= limit ? lists : lists.sample(limit, 1);
  }
}
