package org.eglr.kernel.view;

import java.util.LinkedHashMap;
import java.util.Map;

/** What each setting of a model is, in a few words, for tables and help. */
public final class SettingMeanings {

  private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

  static {
    MEANINGS.put("width", "model width d; a multiple of heads, 4 to 1024");
    MEANINGS.put("heads", "attention heads, 1 to 64");
    MEANINGS.put("evaluatorLayers", "Transformer layers of the evaluator, 1 to 12");
    MEANINGS.put(
        "decoderLayers",
        "Transformer layers of the generator, 1 to 4; a second one is a control for reasoning");
    MEANINGS.put("feedForward", "width of the feed-forward parts, 4 to 4096");
    MEANINGS.put("embedding", "width of each categorical field's embedding, 1 to 256");
    MEANINGS.put("position", "width of the position encoding; even, 2 to 256");
    MEANINGS.put(
        "pairEffects",
        "what the evaluator knows of pairs: NONE, MATCH, FACTORS, DIFFERENCES or ALL");
    MEANINGS.put("generatorPairs", "whether the generator's scores know the same of pairs");
    MEANINGS.put("members", "evaluators that judge together by their mean, 1 to 16");
    MEANINGS.put("trainFeatures", "whether GRPO trains a feature extractor of the generator's own");
    MEANINGS.put("device", "where to compute: auto, cpu or gpu");
    MEANINGS.put("seed", "decides initial weights, batch order and sampling");
    MEANINGS.put("engine", "what computes: JAVA on the CPU, SAMEDIFF on ND4J's CPU or GPU");
    MEANINGS.put("maxSteps", "most reasoning tokens in a row before one item, 0 to 16");
    MEANINGS.put("entropyThreshold", "X in nats, short for gate entropy:X (eq. 14)");
    MEANINGS.put(
        "gate",
        "when it reasons: entropy:NATS, relative:SHARE of log(remaining), margin:GAP of the first"
            + " two, always, never, positions:1,2, random:RATE, or a lambda in Java");
    MEANINGS.put(
        "baseTemperature", "temperature at which entropy is measured, 0.001 to 100 (eq. 13)");
    MEANINGS.put("exploration", "factor alpha between the temperatures, 1 to 100 (4.3.2)");
    MEANINGS.put(
        "token",
        "what a reasoning token is: NONE, PLAIN or CONTEXT_AWARE (4.3.1); as controls ZERO, MEAN,"
            + " NOISE");
    MEANINGS.put(
        "query",
        "what its output does to the query: REPLACE, RESIDUAL, or GATED by a learned gain and"
            + " forgotten after its item");
    MEANINGS.put("dynamicTemperature", "whether alpha applies (4.3.2)");
  }

  private SettingMeanings() {}

  /** The meaning of a setting; empty text for one that is not described. */
  public static String of(String setting) {
    return MEANINGS.getOrDefault(setting, "");
  }
}
