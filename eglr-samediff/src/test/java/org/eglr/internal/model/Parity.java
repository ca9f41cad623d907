package org.eglr.internal.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.eglr.Settings;
import org.eglr.data.Request;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;

/** The numbers of the PyTorch reference, made by src/test/python/make_fixtures.py. */
public final class Parity {

  public static final JsonNode ROOT = read();

  private Parity() {}

  private static JsonNode read() {
    try (InputStream in = Parity.class.getResourceAsStream("/org/eglr/parity.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Architecture architecture(Reasoning reasoning, boolean trainFeatures) {
    JsonNode config = ROOT.get("config");
    return new Architecture(
        schema(),
        new Settings(
            config.get("d").asInt(),
            config.get("heads").asInt(),
            config.get("enc_layers").asInt(),
            config.get("ffn").asInt(),
            config.get("emb").asInt(),
            config.get("p").asInt(),
            trainFeatures,
            reasoning,
            1));
  }

  public static Reasoning reasoning(JsonNode reference) {
    return new Reasoning(
        reference.get("maxSteps").asInt(),
        reference.get("threshold").asDouble(),
        reference.get("tau0").asDouble(),
        reference.get("alpha").asDouble(),
        ReasoningToken.CONTEXT_AWARE,
        QueryUpdate.valueOf(reference.get("query").asText().toUpperCase(Locale.ROOT)),
        true);
  }

  private static Schema schema() {
    JsonNode config = ROOT.get("config");
    List<Scaling> dense = new ArrayList<>();
    for (int f = 0; f < config.get("item_dense").asInt(); f++) {
      dense.add(new Scaling("dense" + f, 0, 1));
    }
    return new Schema(
        vocabularies("user", config.get("userVocabulary")),
        List.of(),
        vocabularies("item", config.get("itemVocabulary")),
        dense);
  }

  private static List<Vocabulary> vocabularies(String prefix, JsonNode sizes) {
    List<Vocabulary> all = new ArrayList<>();
    for (JsonNode size : sizes) {
      List<String> values = IntStream.range(1, size.asInt()).mapToObj(String::valueOf).toList();
      all.add(new Vocabulary(prefix + all.size(), values));
    }
    return all;
  }

  /** Takes over the reference's parameters. */
  public static Weights load(Weights weights, JsonNode state) {
    for (Tensor tensor : weights.all()) {
      float[] values = floats(state.get(tensor.name()).get("data"));
      System.arraycopy(values, 0, tensor.data(), 0, values.length);
    }
    return weights;
  }

  /** The requests of a case. */
  public static List<Request> requests(JsonNode reference, int length) {
    List<Request> requests = new ArrayList<>();
    for (int b = 0; b < reference.get("user").size(); b++) {
      int[] items = ints(reference.get("item").get(b));
      float[] dense = floats(reference.get("dense").get(b));
      int all = reference.get("item").get(b).size();
      int pool = reference.has("pools") ? reference.get("pools").get(b).asInt() : all;
      Schema schema = schema();
      requests.add(
          new Request(
              schema,
              ints(reference.get("user").get(b)),
              new float[0],
              java.util.Arrays.copyOf(items, pool * schema.itemCategories().size()),
              java.util.Arrays.copyOf(dense, pool * schema.itemValues().size()),
              pool,
              length,
              IntStream.range(0, pool).mapToObj(String::valueOf).toArray(String[]::new)));
    }
    return requests;
  }

  /** All numbers below a node, in order. */
  public static double[] doubles(JsonNode node) {
    List<Double> values = new ArrayList<>();
    collect(node, values);
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  public static float[] floats(JsonNode node) {
    double[] values = doubles(node);
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  public static int[] ints(JsonNode node) {
    return java.util.Arrays.stream(doubles(node)).mapToInt(v -> (int) v).toArray();
  }

  private static void collect(JsonNode node, List<Double> values) {
    if (node.isArray()) {
      node.forEach(child -> collect(child, values));
    } else {
      values.add(node.asDouble());
    }
  }
}
