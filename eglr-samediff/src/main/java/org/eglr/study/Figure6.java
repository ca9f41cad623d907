package org.eglr.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.ReasoningBuilder;

/** Sensitivity to the factor alpha and to the entropy threshold; each trained by itself. */
final class Figure6 implements PaperTable {

  private static final double[] ALPHA = {1, 1.5, 2, 3};
  private static final double[] THRESHOLD = {0.4, 0.8, 1.2, 1.6, 2.0};

  @Override
  public String name() {
    return "figure6";
  }

  @Override
  public String claim() {
    return "The factor alpha is best above 1 and in between; a higher entropy threshold means fewer"
        + " reasoning steps and worse lists.";
  }

  @Override
  public List<World> worlds() {
    return List.of(PaperWorlds.AD, PaperWorlds.AD_OF_30);
  }

  @Override
  public List<Entry> measure(Bench bench, long[] seeds) {
    List<EglrSystem> alphas = new ArrayList<>();
    for (double alpha : ALPHA) {
      alphas.add(EglrSystem.of(text(alpha), b -> b.reasoning(r -> r.exploration(alpha))));
    }
    List<EglrSystem> thresholds = new ArrayList<>();
    for (double nats : THRESHOLD) {
      thresholds.add(EglrSystem.of(text(nats), b -> b.reasoning(r -> r.gate(Gate.entropy(nats)))));
    }
    List<EglrSystem> all = new ArrayList<>(alphas);
    all.addAll(thresholds);
    bench.prepare(all, seeds);
    double usual = new ReasoningBuilder().build().exploration();
    List<Entry> entries = new ArrayList<>();
    alphas.forEach(s -> entries.add(entry(bench, "alpha", s, text(1), seeds)));
    thresholds.forEach(
        s ->
            entries.add(
                entry(bench, "threshold (alpha " + text(usual) + ")", s, text(1.2), seeds)));
    return entries;
  }

  private static Entry entry(
      Bench bench, String axis, EglrSystem system, String against, long[] seeds) {
    return Entry.at(
        axis,
        system.name(),
        bench.runs(system, seeds),
        new Entry.Place(axis, against),
        system.settings(bench));
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
