package org.eglr.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eglr.Evaluator;
import org.eglr.Ranking;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.samediff.Calls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As a GPU is fed, in few large graphs, re-rankers learn and write what they do in small ones. */
class LargeCallsTest {

  private static final Splits DATA =
      Simulator.preset("ad")
          .users(200)
          .items(300)
          .lists(600)
          .listLength(4)
          .pool(6)
          .seed(3)
          .log()
          .split(0.8, 0.1, 0.1);

  private static final Evaluator EVALUATOR =
      Evaluator.builder(DATA.schema()).width(16).heads(2).evaluatorLayers(1).seed(1).build();

  @AfterEach
  void callsAsUsual() {
    System.clearProperty(Calls.PROPERTY);
  }

  static Stream<RerankerModel> models() {
    return Stream.of(
        new Prm(16, 2, 1, 16),
        new Seq2Slate(16, Seq2Slate.Loss.CROSS_ENTROPY),
        new Cmr().width(16).memory(8).samples(2));
  }

  @ParameterizedTest
  @MethodSource("models")
  void large_graphs_do_what_small_ones_do(RerankerModel model) {
    EVALUATOR.train(DATA, t -> t.epochs(1));
    List<int[]> small = written(model, "small");
    List<int[]> large = written(model, "large");
    assertEquals(small.size(), large.size());
    long same =
        IntStream.range(0, small.size())
            .filter(r -> Arrays.equals(small.get(r), large.get(r)))
            .count();
    assertTrue(same >= 0.95 * small.size(), same + " of " + small.size() + " lists"); // rounding
  }

  private static List<int[]> written(RerankerModel model, String calls) {
    System.setProperty(Calls.PROPERTY, calls);
    LearnedReranker reranker = RerankerBuilder.of(EVALUATOR, model).seed(5).build();
    reranker.train(DATA, t -> t.epochs(1).reinforcedEpochs(1));
    List<Request> requests =
        IntStream.range(0, DATA.test().size()).mapToObj(DATA.test()::request).toList();
    return reranker.rerank(requests).stream().map(Ranking::order).toList();
  }
}
