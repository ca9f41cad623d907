package org.eglr.kernel.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eglr.Eglr;
import org.eglr.Rerankers;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.OffPolicy;
import org.eglr.metrics.Propensities;
import org.eglr.train.EvaluatorSelection;
import org.eglr.train.LearningRateSchedule;
import org.eglr.train.Reward;
import org.eglr.train.TrainingLog;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

/** The glossary explains every number that our tables and logs show. */
class GlossaryTest {

  private static final Path GLOSSARY = Path.of("..", "tutorials", "guide", "glossary.md");

  @Test
  void every_name_has_an_entry() throws IOException {
    Splits data = Simulator.adLike().lists(60).seed(1).log().split(0.6, 0.2, 0.2);
    Eglr eglr = Eglr.builder(data.schema()).width(8).heads(2).evaluatorLayers(1).build();
    TrainingLog evaluator =
        eglr.trainEvaluator(data, t -> t.epochs(1).selectBy(EvaluatorSelection.ORDER));
    Reward reward =
        Reward.clickDcg()
            .plus(0.1, Reward.diversity(data.schema().itemCategories().get(1).field()));
    TrainingLog grpo =
        eglr.trainGenerator(
            data,
            t ->
                t.steps(2)
                    .groupSize(2)
                    .reward(reward)
                    .updatesPerRollout(2)
                    .klToReference(0.01)
                    .schedule(LearningRateSchedule.cosine(1)));
    Comparison comparison =
        Rerankers.compare(data.test(), Rerankers.sortedAlone(eglr.evaluator()), eglr);
    Set<String> shown = new LinkedHashSet<>();
    for (TrainingLog log : List.of(evaluator, grpo)) {
      shown.addAll(log.toTable().columnNames());
      log.validations().forEach(v -> shown.addAll(v.values().keySet()));
    }
    for (Table table :
        List.of(
            comparison.toTable(),
            comparison.differences(),
            eglr.evaluator().headroom(data.test(), o -> o.samples(2).beam(2)).toTable(),
            comparison.reports().get(1).toTable(),
            eglr.rerank(data.test().request(0)).toTable(),
            OffPolicy.of(data.test(), Propensities.uniform())
                .estimate("eglr", request -> eglr.rerank(request).order())
                .toTable())) {
      shown.addAll(table.columnNames());
    }
    comparison.reports().forEach(r -> r.metrics().forEach(m -> shown.add(m.name())));
    eglr.evaluator().measure(data.test()).metrics().forEach(m -> shown.add(m.name()));
    data.train().log().summary().toTable().stringColumn("what").forEach(shown::add);
    shown.removeAll(List.of("model", "metric", "system", "estimate", "a click depends on"));
    Set<String> missing = new LinkedHashSet<>();
    Set<String> entries = entries();
    for (String name : shown) {
      String family = name.replaceFirst("^(difference to|reward:) .*", "$1");
      boolean known = entries.contains(family);
      if (!known) {
        missing.add(name);
      }
    }
    assertEquals(Set.of(), missing, "without an entry in " + GLOSSARY);
    assertTrue(shown.size() > 20, shown.toString());
  }

  private static Set<String> entries() throws IOException {
    Set<String> entries = new HashSet<>();
    Matcher rows =
        Pattern.compile("(?m)^\\| ([^|]+) \\| [^|]{10,} \\|$").matcher(Files.readString(GLOSSARY));
    while (rows.find()) {
      assertTrue(
          entries.add(rows.group(1)) || rows.group(1).equals("Name"), "twice: " + rows.group(1));
    }
    return entries;
  }
}
