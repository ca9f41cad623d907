package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.decode.Decision;
import org.eglr.decode.SelfAttention;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Sinusoid;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;

/** Weights, graphs and attention as a reader sees them. */
class InsideTest {

  private static final int D = 8;
  private static final int HEADS = 2;

  private final Splits data = Simulator.adLike().lists(40).seed(3).log().split(0.5, 0.25, 0.25);

  @Test
  void attention_is_the_softmax_of_queries_and_keys_computed_from_the_weights() {
    for (ReasoningToken token : List.of(ReasoningToken.CONTEXT_AWARE, ReasoningToken.PLAIN)) {
      for (QueryUpdate query : QueryUpdate.values()) {
        Eglr eglr = model(token, query);
        Ranking ranking = eglr.rerank(data.test().request(0));
        assertTrue(ranking.trace().reasoningSteps() > 2, "the test needs reasoning tokens");
        SelfAttention found = eglr.attention(ranking);
        double[][][] expected = new Network(eglr, query).attention(ranking);
        assertEquals(
            ranking.order().length + ranking.trace().reasoningSteps(), found.tokens().size());
        assertEquals(expected[0].length, found.tokens().size());
        for (int h = 0; h < HEADS; h++) {
          for (int t = 0; t < expected[h].length; t++) {
            double sum = 0;
            for (int s = 0; s < expected[h].length; s++) {
              assertEquals(expected[h][t][s], found.weights()[h][t][s], 1e-4, token + " " + t);
              sum += found.weights()[h][t][s];
            }
            assertEquals(1, sum, 1e-5);
          }
        }
        float[][] mean = found.mean();
        assertEquals((expected[0][2][1] + expected[1][2][1]) / 2, mean[2][1], 1e-4);
      }
    }
  }

  @Test
  void tokens_are_named_in_the_order_of_the_list() {
    Eglr eglr = model(ReasoningToken.CONTEXT_AWARE, QueryUpdate.REPLACE);
    Ranking ranking = eglr.rerank(data.test().request(1));
    List<String> tokens = eglr.attention(ranking).tokens();
    assertEquals("context", tokens.get(0));
    List<String> items = new ArrayList<>(tokens.subList(1, tokens.size()));
    items.removeIf(name -> name.startsWith("reasoning "));
    assertEquals(ranking.labels().subList(0, ranking.labels().size() - 1), items);
  }

  @Test
  void a_list_that_was_not_written_item_by_item_is_refused() {
    Eglr eglr = model(ReasoningToken.PLAIN, QueryUpdate.REPLACE);
    Ranking given = Ranking.of(data.test().request(0), new int[] {0, 1});
    String said =
        assertThrows(IllegalArgumentException.class, () -> eglr.attention(given)).getMessage();
    assertEquals("the list was not written item by item: rerank it with the model first", said);
  }

  @Test
  void weights_are_copies_with_the_names_and_shapes_of_the_file() {
    Eglr eglr = model(ReasoningToken.PLAIN, QueryUpdate.REPLACE);
    Map<String, ParameterArray> weights = eglr.weights();
    assertArrayEquals(new int[] {D, D}, weights.get("generator.layer.q.weight").shape());
    assertArrayEquals(new int[] {D}, weights.get("evaluator.cls").shape());
    long values = weights.values().stream().mapToLong(w -> w.values().length).sum();
    assertEquals(eglr.parameters(), values);
    ParameterArray array = weights.get("generator.layer.q.weight");
    assertEquals(array.values()[2 * D + 3], array.at(2, 3));
    float before = array.values()[0];
    array.values()[0] = 99;
    assertEquals(before, eglr.weights().get("generator.layer.q.weight").at(0, 0));
    String said = assertThrows(IndexOutOfBoundsException.class, () -> array.at(0, D)).getMessage();
    assertEquals("there is no value at [0, 8] in a parameter of shape [8, 8]", said);
    assertThrows(IndexOutOfBoundsException.class, () -> array.at(0));
  }

  @Test
  void graphs_have_a_summary_a_drawing_and_the_object_itself() {
    Eglr eglr = model(ReasoningToken.CONTEXT_AWARE, QueryUpdate.RESIDUAL);
    for (String network : List.of("evaluator", "generator")) {
      NetworkGraph graph = eglr.graph(network);
      assertTrue(graph.summary().startsWith(network + ": "), graph.summary());
      assertTrue(graph.operations().size() > 3, graph.toString());
      assertEquals(
          graph.sameDiff().getOps().size(),
          graph.operations().values().stream().mapToInt(Integer::intValue).sum());
      assertDraws(graph.dot(), graph.sameDiff().getOps().size());
    }
    NetworkGraph evaluator = eglr.graph("evaluator");
    float[] expected = eglr.weights().get("evaluator.cls").values();
    assertArrayEquals(expected, evaluator.sameDiff().getVariable("cls").getArr().toFloatVector());
    String said =
        assertThrows(IllegalArgumentException.class, () -> eglr.graph("critic")).getMessage();
    assertEquals("no network 'critic': there are evaluator and generator", said);
  }

  /** Every edge of the drawing joins two nodes that it declares. */
  private static void assertDraws(String dot, int operations) {
    List<String> lines = dot.lines().toList();
    List<String> nodes =
        lines.stream()
            .filter(l -> l.contains("[label="))
            .map(l -> l.strip().split(" \\[")[0])
            .toList();
    List<String> edges = lines.stream().filter(l -> l.contains(" -> ")).toList();
    assertEquals(operations, nodes.stream().filter(n -> n.startsWith("\"o ")).count());
    assertTrue(edges.size() >= operations, dot);
    for (String edge : edges) {
      for (String end : edge.strip().replace(";", "").split(" -> ")) {
        assertTrue(nodes.contains(end), edge);
      }
    }
  }

  private Eglr model(ReasoningToken token, QueryUpdate query) {
    return Eglr.builder(data.schema())
        .width(D)
        .heads(HEADS)
        .evaluatorLayers(1)
        .reasoning(r -> r.token(token).query(query).entropyThreshold(0.2).maxSteps(2))
        .seed(5)
        .asTrained();
  }

  /** The decoder in plain double loops over {@link Eglr#weights}. */
  private static final class Network {

    private final Eglr eglr;
    private final QueryUpdate query;
    private final Map<String, ParameterArray> weights;
    private double[][] y;

    Network(Eglr eglr, QueryUpdate query) {
      this.eglr = eglr;
      this.query = query;
      weights = eglr.weights();
    }

    double[][][] attention(Ranking ranking) {
      List<double[]> z = candidates(ranking);
      List<double[]> tokens = new ArrayList<>();
      tokens.add(sum(z));
      for (Decision decision : ranking.trace().decisions()) {
        double[] asked = null;
        for (int m = 0; m < decision.reasoningSteps(); m++) {
          forward(tokens);
          double[] last = y[tokens.size() - 1];
          boolean residual = asked != null && query == QueryUpdate.RESIDUAL;
          asked = residual ? scaled(add(last, asked), Math.sqrt(0.5)) : last;
          float[] mixture = decision.attention()[m];
          double[] token = mixture.length == 0 ? asked : new double[D];
          for (int j = 0; j < mixture.length; j++) {
            token = add(token, scaled(z.get(j), mixture[j]));
          }
          tokens.add(token);
        }
        tokens.add(z.get(decision.chosen()));
      }
      return forward(tokens.subList(0, tokens.size() - 1));
    }

    private List<double[]> candidates(Ranking ranking) {
      List<Tensor> evaluator = new ArrayList<>();
      weights.forEach(
          (name, w) -> {
            if (name.startsWith("evaluator.")) {
              boolean table = name.matches("evaluator\\.features\\.(user|item)\\..*");
              evaluator.add(new Tensor(name.substring(10), w.shape(), w.values(), table));
            }
          });
      Architecture architecture = new Architecture(eglr.schema(), eglr.settings());
      float[] z =
          new FeatureMlp(architecture, new Weights(evaluator)).candidates(ranking.request());
      List<double[]> rows = new ArrayList<>();
      for (int j = 0; j < ranking.request().pool(); j++) {
        double[] row = new double[D];
        for (int i = 0; i < D; i++) {
          row[i] = z[j * D + i];
        }
        rows.add(row);
      }
      return rows;
    }

    /** The attention weights; leaves the layer's output in y. */
    private double[][][] forward(List<double[]> tokens) {
      int count = tokens.size();
      int encoding = eglr.settings().position();
      float[] positions = Sinusoid.rows(count, encoding);
      double[][] x = new double[count][];
      double[][][] qkv = new double[3][count][];
      for (int t = 0; t < count; t++) {
        double[] both = Arrays.copyOf(tokens.get(t), D + encoding);
        for (int i = 0; i < encoding; i++) {
          both[D + i] = positions[t * encoding + i];
        }
        x[t] = linear("inp", both);
        for (int part = 0; part < 3; part++) {
          qkv[part][t] = linear("layer." + "qkv".charAt(part), x[t]);
        }
      }
      double[][][] attention = new double[HEADS][count][count];
      y = new double[count][];
      for (int t = 0; t < count; t++) {
        double[] context = new double[D];
        for (int h = 0; h < HEADS; h++) {
          mix(qkv, h, t, attention[h][t], context);
        }
        double[] middle = normalised("layer.ln1", add(x[t], linear("layer.o", context)));
        double[] hidden = linear("layer.fc1", middle);
        hidden = Arrays.stream(hidden).map(v -> Math.max(0, v)).toArray();
        y[t] = normalised("layer.ln2", add(middle, linear("layer.fc2", hidden)));
      }
      return attention;
    }

    private void mix(double[][][] qkv, int head, int t, double[] attention, double[] context) {
      int size = D / HEADS;
      double sum = 0;
      for (int s = 0; s <= t; s++) {
        double dot = 0;
        for (int i = head * size; i < (head + 1) * size; i++) {
          dot += qkv[0][t][i] * qkv[1][s][i];
        }
        attention[s] = Math.exp(dot / Math.sqrt(size));
        sum += attention[s];
      }
      for (int s = 0; s <= t; s++) {
        attention[s] /= sum;
        for (int i = head * size; i < (head + 1) * size; i++) {
          context[i] += attention[s] * qkv[2][s][i];
        }
      }
    }

    private double[] linear(String name, double[] x) {
      ParameterArray w = weights.get("generator." + name + ".weight");
      ParameterArray b = weights.get("generator." + name + ".bias");
      double[] out = new double[w.shape()[0]];
      for (int o = 0; o < out.length; o++) {
        out[o] = b.at(o);
        for (int i = 0; i < x.length; i++) {
          out[o] += w.at(o, i) * x[i];
        }
      }
      return out;
    }

    private double[] normalised(String name, double[] x) {
      double mean = Arrays.stream(x).average().orElseThrow();
      double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      double[] out = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        double unit = (x[i] - mean) / Math.sqrt(variance + 1e-5);
        out[i] =
            unit * weights.get("generator." + name + ".weight").at(i)
                + weights.get("generator." + name + ".bias").at(i);
      }
      return out;
    }

    private static double[] sum(List<double[]> rows) {
      double[] sum = new double[D];
      for (double[] row : rows) {
        sum = add(sum, row);
      }
      return sum;
    }

    private static double[] add(double[] a, double[] b) {
      double[] sum = a.clone();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += b[i];
      }
      return sum;
    }

    private static double[] scaled(double[] a, double by) {
      return Arrays.stream(a).map(v -> v * by).toArray();
    }
  }
}
