package org.eglr.internal.samediff.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.eglr.data.Request;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.ItemRows;
import org.eglr.internal.model.Schemas;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Vectors made on the device against those of plain Java. */
class ItemGraphTest {

  private static final int WIDTH = 8; // of the schemas' architectures

  @ParameterizedTest
  @EnumSource
  void vectors_and_contexts(Schemas schema) {
    Architecture architecture = schema.architecture(3);
    Weights weights = architecture.evaluator();
    try (ItemGraph graph = new ItemGraph(architecture, weights);
        ItemGraph cut = new ItemGraph(architecture, weights, 3)) {
      SplittableRandom random = new SplittableRandom(1);
      for (int turn = 0; turn < 4; turn++) {
        List<Request> requests = new ArrayList<>();
        for (int r = 0; r < 1 + 2 * turn; r++) {
          requests.add(schema.request(random, 2 + random.nextInt(6), 2));
        }
        compare(architecture, weights, graph, requests);
        compare(architecture, weights, cut, requests);
        for (Tensor tensor : weights.all()) {
          tensor.data()[0] += 0.5f;
        }
        graph.update(weights);
        cut.update(weights);
      }
    }
  }

  private static void compare(
      Architecture architecture, Weights weights, ItemGraph graph, List<Request> requests) {
    FeatureMlp mlp = new FeatureMlp(architecture, weights);
    int count = requests.size();
    int pool = requests.stream().mapToInt(Request::pool).max().orElseThrow();
    try (INDArray z = Nd4j.create(DataType.FLOAT, pool, count, WIDTH);
        INDArray context = Nd4j.create(DataType.FLOAT, count, WIDTH)) {
      graph.vectors(ItemRows.byCandidate(requests, pool), z.reshape((long) pool * count, WIDTH));
      float[] present = new float[pool * count];
      float[] made = Backend.floats(z);
      float[][] sums = new float[count][WIDTH];
      for (int r = 0; r < count; r++) {
        float[] expected = mlp.candidates(requests.get(r));
        for (int j = 0; j < requests.get(r).pool(); j++) {
          present[j * count + r] = 1;
          float[] own = Arrays.copyOfRange(expected, j * WIDTH, (j + 1) * WIDTH);
          int at = (j * count + r) * WIDTH;
          assertArrayEquals(own, Arrays.copyOfRange(made, at, at + WIDTH), 1e-5f);
          for (int i = 0; i < WIDTH; i++) {
            sums[r][i] += own[i];
          }
        }
      }
      graph.context(z, present, context);
      float[] contexts = Backend.floats(context);
      for (int r = 0; r < count; r++) {
        float[] own = Arrays.copyOfRange(contexts, r * WIDTH, (r + 1) * WIDTH);
        assertArrayEquals(sums[r], own, 1e-4f);
      }
      for (float number : made) { // padding, too, must be a number: it is multiplied by 0
        assertTrue(Float.isFinite(number));
      }
    }
  }

  @Test
  void tables_must_leave_room() {
    Weights weights = Schemas.ALL.architecture(3).evaluator();
    long bytes = Float.BYTES * TableLayout.length(weights);
    assertTrue(ItemGraph.fit(weights, 16 * bytes));
    assertFalse(ItemGraph.fit(weights, 16 * bytes - 1));
    assertTrue(ItemGraph.fit(Schemas.VALUES_ONLY.architecture(3).evaluator(), 0));
  }

  @Test
  void rows_of_requests() {
    SplittableRandom random = new SplittableRandom(2);
    Request first = Schemas.ALL.request(random, 2, 1);
    Request second = Schemas.ALL.request(random, 3, 1);
    ItemRows byCandidate = ItemRows.byCandidate(List.of(first, second), 3);
    Request[] about = {first, second, first, second, null, second};
    int[] candidates = {0, 0, 1, 1, 2, 2};
    ItemRows byRequest = ItemRows.byRequest(List.of(first, second), new int[] {1, 3}, 3);
    Request[] inTurn = {first, null, null, second, second, second};
    for (int row = 0; row < 6; row++) {
      assertEquals(about[row], byCandidate.request(row));
      assertEquals(candidates[row], byCandidate.candidate(row));
      assertEquals(inTurn[row], byRequest.request(row));
      assertEquals(row % 3, byRequest.candidate(row));
    }
  }
}
