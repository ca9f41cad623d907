package org.eglr.internal.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eglr.Settings;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.OpenDecision;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;

/**
 * The generator's decoder in plain loops of doubles, written from its equations and with nothing of
 * the engines: any number of layers, all readings of reasoning. In the gated one q = q + gain *
 * Decoder(items so far, the item's own reasoning, q + mixture), every token at its item's place; in
 * the others reasoning tokens stay in the sequence.
 */
public final class DecoderRendering {

  /** A list and what was decided on the way. */
  public record Written(
      int[] order,
      int[] steps,
      double[] entropyBefore,
      double[] entropyAfter,
      double logProbability,
      double closest) {}

  private final Settings settings;
  private final Reasoning reasoning;
  private final int d;
  private final Map<String, double[]> weights = new HashMap<>();

  public DecoderRendering(Architecture architecture, Weights from) {
    settings = architecture.settings();
    reasoning = settings.reasoning();
    d = settings.width();
    for (Tensor tensor : from.all()) {
      weights.put(tensor.name(), Numbers.doubles(tensor.data()));
    }
  }

  /** A parameter's values, which may be changed. */
  public double[] weight(String name) {
    return weights.get(name);
  }

  /**
   * Writes a list.
   *
   * @param z candidates: [pool][d]
   * @param order the items; null: greedy
   * @param steps reasoning tokens before each; null: as the gate says
   */
  public Written write(double[][] z, int length, int[] order, int[] steps) {
    List<double[]> items = new ArrayList<>(); // tokens that stay
    boolean[] gone = new boolean[z.length];
    Written list =
        new Written(new int[length], new int[length], new double[length], new double[length], 0, 0);
    double logProbability = 0;
    double closest = Double.MAX_VALUE; // how near to another list a decision was
    double[] context = new double[d];
    for (double[] candidate : z) {
      add(context, candidate);
    }
    items.add(context);
    for (int k = 0; k < length; k++) {
      List<double[]> thoughts = new ArrayList<>();
      double[] q = output(items, thoughts);
      list.entropyBefore[k] = entropy(q, z, gone);
      int taken = 0;
      while (true) {
        double nats = entropy(q, z, gone);
        list.entropyAfter[k] = nats;
        if (steps != null ? taken == steps[k] : taken == reasoning.budget()) {
          break;
        }
        if (steps == null) {
          Gate gate = reasoning.gate();
          if (gate instanceof Gate.Entropy entropy) {
            closest = Math.min(closest, Math.abs(nats - entropy.nats()));
          }
          if (!gate.reason(
              new OpenDecision(k + 1, taken, nats, z.length - k, length, Double.NaN, 0))) {
            break;
          }
        }
        boolean starts = reasoning.token() == ReasoningToken.PLAIN || reasoning.gated();
        double[] r = starts && !reasoning.token().isControl() ? q.clone() : new double[d];
        for (int j = 0; reasoning.token() == ReasoningToken.MEAN && j < z.length; j++) {
          for (int i = 0; i < d && !gone[j]; i++) {
            r[i] += z[j][i] / (z.length - k);
          }
        }
        if (reasoning.token() == ReasoningToken.CONTEXT_AWARE) {
          double[] p = softmax(q, z, gone, reasoning.reasoningTemperature());
          for (int j = 0; j < z.length; j++) {
            for (int i = 0; i < d; i++) {
              r[i] += p[j] * z[j][i];
            }
          }
        }
        (reasoning.gated() ? thoughts : items).add(r);
        double[] e = output(items, thoughts);
        q = q.clone();
        for (int i = 0; i < d; i++) {
          q[i] =
              switch (reasoning.query()) {
                case GATED -> q[i] + weight("reasoning.gain")[i] * e[i];
                case RESIDUAL -> (e[i] + q[i]) / Math.sqrt(2);
                case REPLACE -> e[i];
              };
        }
        taken++;
      }
      list.steps[k] = taken;
      double[] p = softmax(q, z, gone, reasoning.recommendingTemperature());
      int best = -1;
      double second = 0;
      for (int j = 0; j < z.length; j++) {
        if (!gone[j] && (best < 0 || p[j] > p[best])) {
          second = best < 0 ? 0 : p[best];
          best = j;
        } else if (!gone[j]) {
          second = Math.max(second, p[j]);
        }
      }
      closest = Math.min(closest, p[best] - second);
      int item = order == null ? best : order[k];
      logProbability += Math.log(p[item]);
      list.order[k] = item;
      gone[item] = true;
      items.add(z[item]);
    }
    return new Written(
        list.order, list.steps, list.entropyBefore, list.entropyAfter, logProbability, closest);
  }

  /** The decoder's output at the last token: items see items, a thought also those before it. */
  private double[] output(List<double[]> items, List<double[]> thoughts) {
    List<double[]> x = new ArrayList<>();
    for (int k = 0; k < items.size(); k++) {
      x.add(placed(items.get(k), k));
    }
    for (double[] thought : thoughts) {
      x.add(placed(thought, items.size() - 1));
    }
    for (int layer = 0; layer < settings.decoderLayers(); layer++) {
      String name = layer == 0 ? "layer." : "layer" + (layer + 1) + ".";
      boolean top = layer + 1 == settings.decoderLayers();
      List<double[]> y = new ArrayList<>();
      for (int t = top ? x.size() - 1 : 0; t < x.size(); t++) {
        y.add(layer(name, x.subList(0, t + 1)));
      }
      x = y;
    }
    return x.get(x.size() - 1);
  }

  /** A layer's output at the last of some tokens. */
  private double[] layer(String name, List<double[]> x) {
    double[] last = x.get(x.size() - 1);
    double[] query = linear(name + "q", last);
    double[] mixed = new double[d];
    List<double[]> keys = x.stream().map(token -> linear(name + "k", token)).toList();
    List<double[]> values = x.stream().map(token -> linear(name + "v", token)).toList();
    int head = d / settings.heads();
    for (int h = 0; h < settings.heads(); h++) {
      double[] weight = new double[x.size()];
      double sum = 0;
      for (int t = 0; t < x.size(); t++) {
        double[] key = keys.get(t);
        double dot = 0;
        for (int i = h * head; i < (h + 1) * head; i++) {
          dot += query[i] * key[i];
        }
        weight[t] = Math.exp(dot / Math.sqrt(head));
        sum += weight[t];
      }
      for (int t = 0; t < x.size(); t++) {
        double[] value = values.get(t);
        for (int i = h * head; i < (h + 1) * head; i++) {
          mixed[i] += weight[t] / sum * value[i];
        }
      }
    }
    double[] first = linear(name + "o", mixed);
    add(first, last);
    first = normalised(name + "ln1", first);
    double[] hidden = linear(name + "fc1", first);
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = Math.max(0, hidden[i]);
    }
    double[] out = linear(name + "fc2", hidden);
    add(out, first);
    return normalised(name + "ln2", out);
  }

  private double[] placed(double[] token, int place) {
    int p = settings.position();
    double[] both = new double[d + p];
    System.arraycopy(token, 0, both, 0, d);
    for (int i = 0; i < p; i += 2) {
      double angle = place * Math.exp(-i * Math.log(10000.0) / p);
      both[d + i] = (float) Math.sin(angle);
      both[d + i + 1] = (float) Math.cos(angle);
    }
    return linear("inp", both);
  }

  private double[] linear(String name, double[] in) {
    double[] matrix = weight(name + ".weight");
    double[] out = weight(name + ".bias").clone();
    for (int o = 0; o < out.length; o++) {
      for (int i = 0; i < in.length; i++) {
        out[o] += matrix[o * in.length + i] * in[i];
      }
    }
    return out;
  }

  private double[] normalised(String name, double[] in) {
    double mean = 0;
    for (double value : in) {
      mean += value / in.length;
    }
    double variance = 0;
    for (double value : in) {
      variance += (value - mean) * (value - mean) / in.length;
    }
    double[] out = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      out[i] =
          (in[i] - mean) / Math.sqrt(variance + 1e-5) * weight(name + ".weight")[i]
              + weight(name + ".bias")[i];
    }
    return out;
  }

  private double[] softmax(double[] q, double[][] z, boolean[] gone, double temperature) {
    double[] p = new double[z.length];
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < z.length; j++) {
      for (int i = 0; i < d; i++) {
        p[j] += q[i] * z[j][i] / (Math.sqrt(d) * temperature);
      }
      most = gone[j] ? most : Math.max(most, p[j]);
    }
    double sum = 0;
    for (int j = 0; j < z.length; j++) {
      p[j] = gone[j] ? 0 : Math.exp(p[j] - most);
      sum += p[j];
    }
    for (int j = 0; j < z.length; j++) {
      p[j] /= sum;
    }
    return p;
  }

  private double entropy(double[] q, double[][] z, boolean[] gone) {
    double sum = 0;
    for (double share : softmax(q, z, gone, reasoning.baseTemperature())) {
      sum -= share == 0 ? 0 : share * Math.log(share);
    }
    return sum;
  }

  private static void add(double[] to, double[] other) {
    for (int i = 0; i < to.length; i++) {
      to[i] += other[i];
    }
  }
}
