package org.eglr.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eglr.EglrBuilder;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.ReasoningToken;

/**
 * Ablation: the backbone, what the paper adds to it step by step, and the controls that it lacks;
 * each trained by itself, at a temperature chosen by validation. So is then, where a gate looks at
 * entropies, its threshold: colder choices have less entropy, and would leave it shut. Validation
 * may shut it, too; so what a token says is asked of generators that always reason.
 */
final class Figure4 implements PaperTable {

  static final String BACKBONE = "B: no reasoning";
  private static final String GATED = "v3, gated (default)";
  private static final String ALWAYS = "two tokens always";
  private static final String RANDOM = "random gate, equal tokens";
  private static final String LAYERS = "B, two decoder layers";
  private static final String ALONE = "sorted alone";
  private static final String TIME = "B, equal training time";
  private static final List<String> SILENT =
      List.of("two zero tokens always", "two noise tokens always", "two mean tokens always");

  @Override
  public String name() {
    return "figure4";
  }

  @Override
  public String claim() {
    return "Quality rises with each component: backbone, entropy-guided reasoning, context-aware"
        + " token, dynamic temperature.";
  }

  @Override
  public List<World> worlds() {
    return PaperWorlds.andLogs(PaperWorlds.AD, PaperWorlds.AD_OF_30);
  }

  private static List<EglrSystem> variants() {
    return List.of(
        EglrSystem.withoutReasoning(BACKBONE),
        EglrSystem.of("v1: plain token", b -> literal(b, ReasoningToken.PLAIN, false)),
        EglrSystem.of(
            "v2: context-aware token", b -> literal(b, ReasoningToken.CONTEXT_AWARE, false)),
        EglrSystem.of(
            "v3: dynamic temperature", b -> literal(b, ReasoningToken.CONTEXT_AWARE, true)),
        EglrSystem.of(GATED, b -> b),
        always(ALWAYS, ReasoningToken.CONTEXT_AWARE),
        always(SILENT.get(0), ReasoningToken.ZERO),
        always(SILENT.get(1), ReasoningToken.NOISE),
        always(SILENT.get(2), ReasoningToken.MEAN),
        EglrSystem.of(LAYERS, b -> b.decoderLayers(2).reasoning(r -> r.maxSteps(0))));
  }

  @Override
  public List<Entry> measure(Bench bench, long[] seeds) {
    List<EglrSystem> variants = new ArrayList<>(tuned(bench, variants(), seeds));
    Map<Long, Run> gated = bench.runs(named(variants, GATED), seeds);
    double rate = rounded(GateRate.of(tokensAPosition(bench, gated), 2));
    EglrSystem random = EglrSystem.of(RANDOM, b -> b.reasoning(r -> r.gate(Gate.random(rate))));
    variants.addAll(tuned(bench, List.of(random), seeds));
    EglrSystem backbone = named(variants, BACKBONE);
    double slower = Pace.ratio(bench, named(variants, ALWAYS), backbone, seeds[0]);
    variants.add(backbone.longer(TIME, rounded(slower)));
    bench.prepare(variants, seeds);
    List<Entry> entries = new ArrayList<>();
    variants.forEach(s -> entries.add(entry(bench, s.name(), s, seeds)));
    entries.add(entry(bench, ALONE, CatalogSystem.named("alone"), seeds));
    Map<Long, Run> always = bench.runs(named(variants, ALWAYS), seeds);
    for (String other : List.of(RANDOM, LAYERS, ALONE)) {
      entries.add(against(GATED, gated, other));
    }
    SILENT.forEach(other -> entries.add(against(ALWAYS, always, other)));
    entries.add(against(ALWAYS, always, TIME));
    return entries;
  }

  private static Entry entry(Bench bench, String name, PaperSystem system, long[] seeds) {
    return Entry.of(name, bench.runs(system, seeds), BACKBONE, system.settings(bench));
  }

  private static Entry against(String system, Map<Long, Run> runs, String other) {
    return Entry.at(system, "against " + other, runs, new Entry.Place(other, ""), "");
  }

  private static List<EglrSystem> tuned(Bench bench, List<EglrSystem> systems, long[] seeds) {
    List<PaperSystem> atTemperature = Tuned.all(bench, systems, TunedSetting.TEMPERATURE, seeds[0]);
    return Tuned.all(bench, atTemperature, TunedSetting.ENTROPY_THRESHOLD, seeds).stream()
        .map(EglrSystem.class::cast)
        .toList();
  }

  private static EglrSystem named(List<EglrSystem> variants, String name) {
    return variants.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  /** The paper's text: the token's output is the new query. */
  private static EglrBuilder literal(EglrBuilder builder, ReasoningToken token, boolean dynamic) {
    return builder.reasoning(
        r -> r.token(token).query(QueryUpdate.REPLACE).dynamicTemperature(dynamic));
  }

  private static EglrSystem always(String name, ReasoningToken token) {
    return EglrSystem.of(name, b -> b.reasoning(r -> r.token(token).gate(Gate.always())));
  }

  private static double tokensAPosition(Bench bench, Map<Long, Run> runs) {
    double tokens =
        runs.values().stream().mapToDouble(r -> r.mean(Measuring.TOKENS)).average().orElseThrow();
    return tokens / bench.world().length();
  }

  /** So that the settings' text is short. */
  private static double rounded(double value) {
    return Math.round(100 * value) / 100.0;
  }
}
