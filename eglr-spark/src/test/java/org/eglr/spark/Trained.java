package org.eglr.spark;

import java.util.List;
import java.util.stream.IntStream;
import org.eglr.Eglr;
import org.eglr.Ranking;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.reasoning.Gate;

/**
 * A small trained model that reasons now and then, its lists, and what one machine makes of them.
 */
final class Trained {

  static final Splits DATA =
      Simulator.adLike().lists(3_000).users(200).seed(3).log().split(0.1, 0.02, 0.88);
  static final ListSet LISTS = DATA.test();
  static final Eglr EGLR = eglr();
  static final List<Ranking> EXPECTED =
      EGLR.rerank(IntStream.range(0, LISTS.size()).mapToObj(LISTS::request).toList());

  private Trained() {}

  static EglrRerankModel model() {
    return EglrRerankModel.of(EGLR).setUserCol("user");
  }

  private static Eglr eglr() {
    Eglr eglr =
        Eglr.builder(DATA.schema())
            .width(16)
            .heads(2)
            .evaluatorLayers(1)
            .reasoning(r -> r.maxSteps(2).gate(Gate.entropy(1.2)))
            .seed(5)
            .build();
    eglr.trainEvaluator(DATA, t -> t.epochs(2));
    eglr.trainGenerator(DATA, t -> t.groupSize(4).steps(10));
    return eglr;
  }
}
