package org.eglr.internal.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.eglr.data.Request;
import org.eglr.internal.cpu.FeatureMlp;
import org.junit.jupiter.api.Test;

class ItemVectorsTest {

  private final Architecture architecture = Schemas.ALL.architecture(3);
  private final FeatureMlp mlp = new FeatureMlp(architecture, architecture.evaluator());
  private final List<Integer> made = new ArrayList<>(); // numbers of vectors

  private CandidateVectors candidates(Request request) {
    return new CandidateVectors(
        request,
        (of, chosen) -> {
          made.add(chosen.length);
          return mlp.candidates(of, chosen);
        });
  }

  @Test
  void vectors_are_made_once_and_kept() {
    Request request = Schemas.ALL.request(new SplittableRandom(1), 7, 3);
    CandidateVectors candidates = candidates(request);
    int[] chosen = {5, 0, 5};
    float[] before = candidates.some(chosen);
    assertEquals(List.of(3), made);
    assertArrayEquals(mlp.candidates(request, chosen), before, 1e-6f);
    float[] all = candidates.all();
    assertArrayEquals(mlp.candidates(request), all);
    assertSame(all, candidates.all());
    assertArrayEquals(before, candidates.some(chosen), 1e-6f);
    assertEquals(List.of(3, 7), made);
  }

  /** Lists of several requests by turns; one request's vectors are known before. */
  @Test
  void each_item_has_one_row() {
    SplittableRandom random = new SplittableRandom(2);
    List<CandidateVectors> pools = new ArrayList<>();
    for (int r = 0; r < 3; r++) {
      pools.add(candidates(Schemas.ALL.request(random, 12, 3)));
    }
    pools.get(1).all();
    made.clear();
    ItemVectors items = new ItemVectors();
    int[][] rows = new int[3][12];
    for (int i = 0; i < 200; i++) {
      int r = random.nextInt(3);
      int item = random.nextInt(11); // the last is never used
      int row = items.row(pools.get(r), item);
      assertEquals(rows[r][item] == 0 ? row : rows[r][item] - 1, row);
      rows[r][item] = row + 1;
    }
    assertEquals(33, items.rows().size());
    float[] values = items.values();
    assertEquals(List.of(11, 11), made);
    for (int r = 0; r < 3; r++) {
      float[] expected = pools.get(r).all();
      for (int item = 0; item < 11; item++) {
        int row = rows[r][item] - 1;
        assertSame(pools.get(r).request(), items.rows().request(row));
        assertEquals(item, items.rows().candidate(row));
        assertArrayEquals(
            Arrays.copyOfRange(expected, item * 8, (item + 1) * 8),
            Arrays.copyOfRange(values, row * 8, (row + 1) * 8),
            1e-6f);
      }
    }
  }
}
