package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
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
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.Sinusoid;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.internal.store.ModelFile;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights, graphs and attention as a reader sees them. */
class InsideTest {

  private static final int D = 8;
  private static final int HEADS = 2;

  @TempDir private Path folder;

  private final Splits data = Simulator.adLike().lists(40).seed(3).log().split(0.5, 0.25, 0.25);

  @Test
  void attention_is_the_softmax_of_queries_and_keys_computed_from_the_weights() {
    for (ReasoningToken token : ReasoningToken.values()) {
      for (QueryUpdate query : QueryUpdate.values()) {
        if (token == ReasoningToken.NONE) {
          continue;
        }
        Eglr eglr = model(token, query, token == ReasoningToken.PLAIN ? 1 : 2);
        Ranking ranking = eglr.rerank(data.test().request(0));
        assertTrue(ranking.trace().reasoningSteps() > 2, "the test needs reasoning tokens");
        SelfAttention found = eglr.attention(ranking);
        double[][][] expected = new Network(eglr, query).attention(ranking);
        assertEquals(
            ranking.order().length + ranking.trace().reasoningSteps(), found.tokens().size());
        assertEquals(expected[0].length, found.tokens().size());
        int all = HEADS * eglr.settings().decoderLayers();
        assertEquals(all, found.weights().length);
        for (int h = 0; h < all; h++) {
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
        double sum = 0;
        for (double[][] head : expected) {
          sum += head[2][1];
        }
        assertEquals(sum / all, mean[2][1], 1e-4);
      }
    }
  }

  @Test
  void tokens_are_named_in_the_order_of_the_list() {
    Eglr eglr = model(ReasoningToken.CONTEXT_AWARE, QueryUpdate.REPLACE, 1);
    Ranking ranking = eglr.rerank(data.test().request(1));
    List<String> tokens = eglr.attention(ranking).tokens();
    assertEquals("context", tokens.get(0));
    List<String> items = new ArrayList<>(tokens.subList(1, tokens.size()));
    items.removeIf(name -> name.startsWith("reasoning "));
    assertEquals(ranking.labels().subList(0, ranking.labels().size() - 1), items);
  }

  @Test
  void a_list_that_was_not_written_item_by_item_is_refused() {
    Eglr eglr = model(ReasoningToken.PLAIN, QueryUpdate.REPLACE, 1);
    Ranking given = Ranking.of(data.test().request(0), new int[] {0, 1});
    String said =
        assertThrows(IllegalArgumentException.class, () -> eglr.attention(given)).getMessage();
    assertEquals("the list was not written item by item: rerank it with the model first", said);
  }

  @Test
  void weights_are_copies_with_the_names_and_shapes_of_the_file() {
    Eglr eglr = model(ReasoningToken.PLAIN, QueryUpdate.REPLACE, 1);
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
    Eglr eglr = model(ReasoningToken.CONTEXT_AWARE, QueryUpdate.RESIDUAL, 1);
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

  private Eglr model(ReasoningToken token, QueryUpdate query, int layers) {
    Eglr eglr =
        Eglr.builder(data.schema())
            .width(D)
            .heads(HEADS)
            .evaluatorLayers(1)
            .decoderLayers(layers)
            .reasoning(r -> r.token(token).query(query).entropyThreshold(0.2).maxSteps(2))
            .seed(5)
            .asTrained();
    return query == QueryUpdate.GATED ? withGain(eglr) : eglr;
  }

  /** As if the gain, which starts at 0, were learned. */
  private Eglr withGain(Eglr eglr) {
    Path file = folder.resolve("gated.eglr");
    eglr.save(file);
    ModelFile.Content content = ModelFile.read(file);
    Arrays.fill(content.generator().data("reasoning.gain"), 0.7f);
    ModelFile.write(file, content);
    return Eglr.load(file);
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
      boolean gated = query == QueryUpdate.GATED;
      ReasoningToken kind = eglr.settings().reasoning().token();
      List<Token> tokens = new ArrayList<>();
      tokens.add(new Token(sum(z), 0, -1));
      List<Integer> chosen = new ArrayList<>();
      for (Decision decision : ranking.trace().decisions()) {
        int k = chosen.size();
        double[] asked = null;
        for (int m = 0; m < decision.reasoningSteps(); m++) {
          forward(tokens);
          double[] last = y[tokens.size() - 1];
          if (asked == null || query == QueryUpdate.REPLACE) {
            asked = last;
          } else if (gated) {
            asked = add(asked, scaled(last, 0.7));
          } else {
            asked = scaled(add(last, asked), Math.sqrt(0.5));
          }
          double[] token = new double[D];
          if (kind == ReasoningToken.PLAIN || kind == ReasoningToken.CONTEXT_AWARE && gated) {
            token = asked;
          }
          float[] mixture = decision.attention()[m];
          for (int j = 0; j < mixture.length; j++) {
            token = add(token, scaled(z.get(j), mixture[j]));
          }
          for (int j = 0; kind == ReasoningToken.MEAN && j < z.size(); j++) {
            token = chosen.contains(j) ? token : add(token, scaled(z.get(j), 1.0 / (z.size() - k)));
          }
          if (kind == ReasoningToken.NOISE) {
            long stream = CounterRandom.stream(identity(ranking), k, m);
            for (int i = 0; i < D; i++) {
              token[i] = CounterRandom.normal(stream, i);
            }
          }
          tokens.add(new Token(token, gated ? k : tokens.size(), gated ? k : -1));
        }
        chosen.add(decision.chosen());
        tokens.add(new Token(z.get(decision.chosen()), gated ? k + 1 : tokens.size(), -1));
      }
      return forward(tokens.subList(0, tokens.size() - 1));
    }

    private static long identity(Ranking ranking) {
      return new CandidateVectors(ranking.request(), (r, c) -> null).identity();
    }

    /** A token, where it stands, and the only item whose tokens see it; -1: all do. */
    private record Token(double[] values, int place, int item) {}

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

    /** The attention weights of all layers; leaves the last one's output in y. */
    private double[][][] forward(List<Token> tokens) {
      int count = tokens.size();
      int encoding = eglr.settings().position();
      float[] positions = Sinusoid.rows(count, encoding);
      double[][] x = new double[count][];
      for (int t = 0; t < count; t++) {
        double[] both = Arrays.copyOf(tokens.get(t).values(), D + encoding);
        for (int i = 0; i < encoding; i++) {
          both[D + i] = positions[tokens.get(t).place() * encoding + i];
        }
        x[t] = linear("inp", both);
      }
      int layers = eglr.settings().decoderLayers();
      double[][][] attention = new double[layers * HEADS][count][count];
      for (int l = 0; l < layers; l++) {
        x = layer(l == 0 ? "layer." : "layer2.", tokens, x, attention, l * HEADS);
      }
      y = x;
      return attention;
    }

    private double[][] layer(
        String layer, List<Token> tokens, double[][] x, double[][][] attention, int first) {
      int count = tokens.size();
      double[][][] qkv = new double[3][count][];
      for (int t = 0; t < count; t++) {
        for (int part = 0; part < 3; part++) {
          qkv[part][t] = linear(layer + "qkv".charAt(part), x[t]);
        }
      }
      double[][] out = new double[count][];
      for (int t = 0; t < count; t++) {
        double[] context = new double[D];
        for (int h = 0; h < HEADS; h++) {
          mix(tokens, qkv, h, t, attention[first + h][t], context);
        }
        double[] middle = normalised(layer + "ln1", add(x[t], linear(layer + "o", context)));
        double[] hidden = linear(layer + "fc1", middle);
        hidden = Arrays.stream(hidden).map(v -> Math.max(0, v)).toArray();
        out[t] = normalised(layer + "ln2", add(middle, linear(layer + "fc2", hidden)));
      }
      return out;
    }

    private static void mix(
        List<Token> tokens,
        double[][][] qkv,
        int head,
        int t,
        double[] attention,
        double[] context) {
      int size = D / HEADS;
      double sum = 0;
      for (int s = 0; s <= t; s++) {
        int only = tokens.get(s).item();
        if (only >= 0 && tokens.get(t).item() != only) {
          continue; // forgotten
        }
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
