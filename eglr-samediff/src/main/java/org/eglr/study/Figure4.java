package org.eglr.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.ReasoningToken;

/**
 * Ablation: the backbone, what the paper adds to it step by step, and the controls that it lacks;
 * each trained by itself, at a temperature chosen by validation. So is then, where a gate looks at
 * entropies, its threshold: colder choices have less entropy, and would leave it shut.
 */
final class Figure4 implements PaperTable {

  static final String BACKBONE = "B: no reasoning";
  private static final String GATED = "v3, gated (default)";
  private static final String RANDOM = "random gate, equal tokens";
  private static final String ALONE = "sorted alone";
  private static final String TIME = "B, equal training time";

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
        control("zero token", ReasoningToken.ZERO),
        control("noise token", ReasoningToken.NOISE),
        control("mean token", ReasoningToken.MEAN),
        EglrSystem.of(
            "B, two decoder layers", b -> b.decoderLayers(2).reasoning(r -> r.maxSteps(0))));
  }

  @Override
  public List<Entry> measure(Bench bench, long[] seeds) {
    List<EglrSystem> variants = variants();
    List<Entry> entries = new ArrayList<>(measured(bench, variants, seeds));
    Map<Long, Run> gated = runs(entries, GATED);
    double rate = GateRate.of(tokensAPosition(bench, gated), 2);
    EglrSystem random =
        EglrSystem.of(RANDOM, b -> b.reasoning(r -> r.gate(Gate.random(rounded(rate)))));
    entries.addAll(measured(bench, List.of(random), seeds));
    EglrSystem backbone = tuned(bench, named(variants, BACKBONE), seeds);
    double slower =
        Pace.ratio(bench, tuned(bench, named(variants, GATED), seeds), backbone, seeds[0]);
    EglrSystem longer = backbone.longer(TIME, rounded(slower));
    bench.prepare(List.of(longer), seeds);
    entries.add(Entry.of(TIME, bench.runs(longer, seeds), BACKBONE, longer.settings(bench)));
    CatalogSystem alone = CatalogSystem.named("alone");
    entries.add(Entry.of(ALONE, bench.runs(alone, seeds), BACKBONE, alone.settings(bench)));
    int controls = 1 + variants.stream().map(EglrSystem::name).toList().indexOf(GATED);
    for (Entry control : List.copyOf(entries.subList(controls, entries.size()))) {
      String other = control.place().system(); // the default against each control, too
      entries.add(Entry.at(GATED, "against " + other, gated, control.place(), ""));
    }
    return entries;
  }

  private static List<Entry> measured(Bench bench, List<EglrSystem> systems, long[] seeds) {
    return tuned(bench, systems, seeds).stream()
        .map(s -> Entry.of(s.name(), bench.runs(s, seeds), BACKBONE, s.settings(bench)))
        .toList();
  }

  private static List<PaperSystem> tuned(Bench bench, List<EglrSystem> systems, long[] seeds) {
    List<PaperSystem> atTemperature = Tuned.all(bench, systems, TunedSetting.TEMPERATURE, seeds[0]);
    return Tuned.all(bench, atTemperature, TunedSetting.ENTROPY_THRESHOLD, seeds);
  }

  private static EglrSystem tuned(Bench bench, EglrSystem system, long[] seeds) {
    return (EglrSystem) tuned(bench, List.of(system), seeds).get(0);
  }

  private static EglrSystem named(List<EglrSystem> variants, String name) {
    return variants.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  /** The paper's text: the token's output is the new query. */
  private static org.eglr.EglrBuilder literal(
      org.eglr.EglrBuilder builder, ReasoningToken token, boolean dynamic) {
    return builder.reasoning(
        r -> r.token(token).query(QueryUpdate.REPLACE).dynamicTemperature(dynamic));
  }

  private static EglrSystem control(String name, ReasoningToken token) {
    return EglrSystem.of(name, b -> b.reasoning(r -> r.token(token)));
  }

  private static Map<Long, Run> runs(List<Entry> entries, String system) {
    return entries.stream()
        .filter(entry -> entry.place().system().equals(system))
        .findFirst()
        .orElseThrow()
        .runs();
  }

  private static double tokensAPosition(Bench bench, Map<Long, Run> runs) {
    double tokens =
        runs.values().stream().mapToDouble(r -> r.mean(Measuring.TOKENS)).average().orElseThrow();
    return tokens / bench.world().length();
  }

  /** So that the settings' text is short. */
  private static double rounded(double value) {
    return Math.max(0.01, Math.round(100 * value) / 100.0);
  }
}
