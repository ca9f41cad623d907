package org.eglr.internal.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eglr.data.Request;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.Schemas;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.LearningGraph;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningBuilder;
import org.eglr.rerank.RerankerModel;
import org.eglr.rerank.StepModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The gradient of every model's every stage in double against central differences, the features'
 * included: a model of {@link ModelKinds} is covered by being there, and with it every layer, loss
 * and operation that it uses.
 */
class ModelGradientTest {

  private static final float STEP = 0x1p-16f;
  private static final double TOLERANCE = 2e-4;
  private static final int ENTRIES = 2;

  static Stream<Arguments> stages() {
    List<Arguments> all = new ArrayList<>();
    SmallModels.all()
        .forEach(
            model -> {
              int stages = new ModelSpec(null, model, 2, 3, null, 1).stages().size();
              for (int stage = 0; stage < stages; stage++) {
                all.add(Arguments.of(model, stage, null));
                if (model instanceof StepModel steps && !steps.reasonsByItself()) {
                  all.add(
                      Arguments.of(
                          model,
                          stage,
                          new ReasoningBuilder()
                              .maxSteps(2)
                              .gate(Gate.positions(2))
                              .exploration(1.5)
                              .build()));
                }
              }
            });
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("stages")
  void is_that_of_finite_differences(RerankerModel model, int stage, Reasoning reasoning) {
    SplittableRandom random = new SplittableRandom(stage + 5);
    Schemas schema = Schemas.ALL;
    List<ListRow> lists = lists(schema, random, model);
    ModelSpec spec = new ModelSpec(lists.get(0).request().schema(), model, 2, 3, reasoning, 3);
    Weights weights = spec.firstWeights();
    spread(weights, random);
    int slots = spec.scorer(stage) == null ? 4 : 0;
    try (BatchGraph graph =
        new BatchGraph(spec, new GraphShape(4, 6, slots, stage), DataType.DOUBLE, false)) {
      ListRows rows = new ListRows(graph, lists);
      graph.update(weights);
      rows.fill(weights, false, 0.5);
      LearningGraph.Gradients found = graph.backward(graph.learned(name -> true), BatchGraph.LOSS);
      assertTrue(Double.isFinite(found.outputs().get(BatchGraph.LOSS)[0]));
      int checked = 0;
      for (Tensor tensor : weights.dense()) {
        double[] gradient = found.gradients().get(tensor.name());
        for (int e = 0; e < ENTRIES; e++) {
          int i = random.nextInt(tensor.data().length);
          double difference = difference(graph, rows, weights, tensor, i);
          double own = gradient == null ? 0 : gradient[i];
          double scale = Math.max(1e-2, Math.abs(difference));
          assertEquals(difference, own, TOLERANCE * scale, tensor.name() + "[" + i + "]");
          checked++;
        }
      }
      assertTrue(checked > 0);
      features(graph, rows, weights, found.gradients().get(FeatureRows.NAME), lists, random);
    }
  }

  /** Rows of the tables move the features, so the tables' gradient is that of all their uses. */
  private static void features(
      BatchGraph graph,
      ListRows rows,
      Weights weights,
      double[] gradient,
      List<ListRow> lists,
      SplittableRandom random) {
    var into = new org.eglr.internal.model.RowGradients(weights);
    rows.scatter(gradient, into);
    into.tables()
        .forEach(
            (name, table) -> {
              Tensor tensor = weights.get(name);
              for (int e = 0; e < ENTRIES; e++) {
                int slot = random.nextInt(table.used());
                int column = random.nextInt(table.width());
                int i = table.row(slot) * table.width() + column;
                double difference = difference(graph, rows, weights, tensor, i);
                double scale = Math.max(1e-2, Math.abs(difference));
                assertEquals(
                    difference,
                    table.values()[slot * table.width() + column],
                    TOLERANCE * scale,
                    name + "[" + i + "]");
              }
            });
  }

  private static double difference(
      BatchGraph graph, ListRows rows, Weights weights, Tensor tensor, int i) {
    float value = tensor.data()[i];
    float up = value + STEP;
    float down = value - STEP;
    tensor.data()[i] = up;
    double above = loss(graph, rows, weights);
    tensor.data()[i] = down;
    double below = loss(graph, rows, weights);
    tensor.data()[i] = value;
    return (above - below) / ((double) up - down);
  }

  private static double loss(BatchGraph graph, ListRows rows, Weights weights) {
    graph.update(weights);
    rows.fill(weights, false, 0.5);
    return graph.forward(BatchGraph.LOSS).get(BatchGraph.LOSS)[0];
  }

  /** First values are small; larger ones show more of a model's bends. */
  private static void spread(Weights weights, SplittableRandom random) {
    for (Tensor tensor : weights.all()) {
      for (int i = 0; i < tensor.data().length; i++) {
        tensor.data()[i] += (float) (0.3 * random.nextGaussian());
      }
    }
  }

  /** Three lists of pools of 6, 4 and 5, of which 4, 2 and 4 were shown. */
  private static List<ListRow> lists(Schemas schema, SplittableRandom random, RerankerModel model) {
    List<ListRow> lists = new ArrayList<>();
    int[][] sizes = {{6, 4}, {4, 2}, {5, 4}};
    for (int l = 0; l < sizes.length; l++) {
      Request request = schema.request(random, sizes[l][0], sizes[l][1]);
      boolean[] clicked = new boolean[request.pool()];
      clicked[l % request.length()] = true;
      clicked[0] |= l == 2;
      ListRow open =
          new ListRow(request, clicked, true, l, 77 + l, Map.of(), null, null, null, Map.of());
      int[] order = shuffled(request.length(), random);
      double[] weight = IntStream.of(order).mapToDouble(i -> random.nextGaussian()).toArray();
      double[] log = IntStream.of(order).mapToDouble(i -> -random.nextDouble(2)).toArray();
      lists.add(model instanceof StepModel ? open.written(order, log).weighed(weight) : open);
    }
    return lists;
  }

  private static int[] shuffled(int length, SplittableRandom random) {
    int[] order = IntStream.range(0, length).toArray();
    for (int i = length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return Arrays.copyOf(order, length);
  }
}
