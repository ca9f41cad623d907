package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.sim.Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreselectionTest {

  private static final ListSet LISTS =
      Simulator.adLike().lists(40).listLength(5).pool(30).seed(3).log().split(0.5, 0, 0.5).test();

  private static final Eglr MODEL =
      Eglr.builder(LISTS.schema()).width(8).heads(2).seed(5).asTrained();

  /** The oracle: each candidate as a request's only item. */
  private static Set<String> likeliest(Request request, int top) {
    double[] click =
        IntStream.range(0, request.pool())
            .mapToDouble(
                i -> {
                  int other = i == 0 ? 1 : 0;
                  Request pair = request.withLength(1).withCandidates(new int[] {i, other});
                  return MODEL.beamSearch(pair, 2).stream()
                      .filter(ranking -> ranking.order()[0] == 0)
                      .findFirst()
                      .orElseThrow()
                      .clickProbabilities()[0];
                })
            .toArray();
    return IntStream.range(0, request.pool())
        .boxed()
        .sorted((a, b) -> Double.compare(click[b], click[a]))
        .limit(top)
        .map(i -> request.labels()[i])
        .collect(Collectors.toSet());
  }

  @Test
  void the_likeliest_candidates_stay_in_the_pools_order() {
    for (int list = 0; list < 10; list++) {
      Request request = LISTS.request(list);
      Request narrowed = MODEL.withPreselection(8).rerank(request).request();
      assertEquals(likeliest(request, 8), Set.copyOf(Arrays.asList(narrowed.labels())));
      int[] places =
          Arrays.stream(narrowed.labels())
              .mapToInt(label -> Arrays.asList(request.labels()).indexOf(label))
              .toArray();
      assertArrayEquals(Arrays.stream(places).sorted().toArray(), places);
    }
  }

  @Test
  void no_fewer_stay_than_are_asked_for_and_small_pools_stay_whole() {
    Request request = LISTS.request(0);
    assertEquals(5, MODEL.withPreselection(1).rerank(request).request().pool());
    assertEquals(30, MODEL.withPreselection(1000).rerank(request).request().pool());
  }

  @Test
  void evaluation_counts_clicks_of_the_original_pool() {
    double whole = MODEL.evaluate(LISTS).value("clicks@5");
    assertEquals(whole, MODEL.withPreselection(30).evaluate(LISTS).value("clicks@5"));
    // narrowed to as many as the list holds, only their order is left to choose
    double narrow = MODEL.withPreselection(5).evaluate(LISTS).value("evaluator score");
    double pointwise =
        MODEL.compare(LISTS).reports().stream()
            .filter(report -> report.model().equals("initial order"))
            .findFirst()
            .orElseThrow()
            .value("evaluator score");
    assertTrue(narrow > pointwise, narrow + " against " + pointwise);
  }

  @Test
  void a_saved_model_keeps_it(@TempDir Path folder) throws IOException {
    Eglr narrow = MODEL.withPreselection(8);
    Path file = folder.resolve("narrow.eglr");
    narrow.save(file);
    Eglr loaded = Eglr.load(file);
    int others = 0;
    for (int list = 0; list < LISTS.size(); list++) {
      List<String> expected = narrow.rerank(LISTS.request(list)).labels();
      assertEquals(expected, loaded.rerank(LISTS.request(list)).labels());
      others += expected.equals(MODEL.rerank(LISTS.request(list)).labels()) ? 0 : 1;
    }
    assertTrue(others > 0, "the whole pool gives other lists");
    Path again = folder.resolve("again.eglr");
    loaded.withEngine(Engine.JAVA).save(again);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  @Test
  void a_top_of_zero_is_refused() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> MODEL.withPreselection(0));
    assertEquals("setting 'top' is 0; allowed: 1 or more", refusal.getMessage());
  }
}
