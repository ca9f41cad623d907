package org.eglr.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.data.ListSet;
import org.eglr.metrics.RankingMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {

  private static final World WORLD = new World("ad", 5, 4, 2, 300, 3);

  @TempDir Path folder;

  /** Every list of four of five items, by brute force. */
  @Test
  void bounds_lie_between_the_best_and_what_sorting_gives() {
    ListSet lists = World.measured(WORLD.splits());
    TruthBounds bounds = TruthBounds.of(lists);
    double best = 0;
    double single = 0;
    for (int list = 0; list < lists.size(); list++) {
      best += best(lists, list, new int[0]) / lists.size();
      int at = list;
      int[] sorted =
          IntStream.range(0, 5)
              .boxed()
              .sorted(
                  (i, j) ->
                      Double.compare(
                          lists.trueClickProbabilities(at, new int[] {j}).orElseThrow()[0],
                          lists.trueClickProbabilities(at, new int[] {i}).orElseThrow()[0]))
              .limit(4)
              .mapToInt(i -> i)
              .toArray();
      single += dcg(lists, list, sorted) / lists.size();
    }
    assertEquals(single, bounds.single(), 1e-12);
    assertTrue(bounds.search() <= best + 1e-12, bounds + ", best " + best);
    assertTrue(bounds.share(best) < 1.05, "local search finds nearly the best: " + bounds);
    assertEquals(0, bounds.share(bounds.single()));
    assertEquals(1, bounds.share(bounds.search()));
  }

  private static double best(ListSet lists, int list, int[] order) {
    if (order.length == 4) {
      return dcg(lists, list, order);
    }
    double best = 0;
    for (int i = 0; i < 5; i++) {
      int item = i;
      if (Arrays.stream(order).noneMatch(taken -> taken == item)) {
        int[] longer = Arrays.copyOf(order, order.length + 1);
        longer[order.length] = i;
        best = Math.max(best, best(lists, list, longer));
      }
    }
    return best;
  }

  private static double dcg(ListSet lists, int list, int[] order) {
    return RankingMetrics.dcg(lists.trueClickProbabilities(list, order).orElseThrow());
  }

  @Test
  void a_study_writes_a_line_for_each_variant_and_goes_on_where_it_was() throws IOException {
    String[] args = {"reasoning", "1", "1", "small", "ad, pool 10", folder.toString()};
    StudyMain.run(args);
    Path file = folder.resolve("reasoning-small.csv");
    List<String> lines = Files.readAllLines(file);
    int variants = Studies.all().get(1).variants().size();
    assertEquals(1 + variants, lines.size());
    int columns = StudyRow.HEADER.split(",").length;
    for (String line : lines) {
      assertEquals(columns, line.replaceAll("\"[^\"]*\"", "x").split(",", -1).length, line);
    }
    assertTrue(lines.get(1).startsWith("\"ad, pool 10, n 1, 300 lists\",1,\"none\",1,true DCG,"));
    Path runs = folder.resolve("runs");
    try (var files = Files.walk(runs)) {
      assertEquals(variants, files.filter(f -> f.toString().endsWith(".csv")).count());
    }
    StudyMain.run(args);
    assertEquals(lines, Files.readAllLines(file), "finished runs are not done again");
  }

  @Test
  void every_study_has_settings_that_exist() throws IOException {
    for (Study study : Studies.all()) {
      if (study.worlds().get(0).preset().equals(World.MOVIELENS)) {
        continue; // its data may not be there
      }
      String condition = study.small().worlds().get(0).condition();
      StudyMain.run(new String[] {study.name(), "1", "1", "small", condition, folder.toString()});
      assertTrue(Files.exists(folder.resolve(study.name() + "-small.csv")));
    }
  }

  @Test
  void an_unknown_study_is_refused_with_the_names_there_are() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Studies.named("speed")).getMessage();
    assertEquals(
        "no study 'speed'; there are defaults, reasoning, movielens, table1, table2, table3,"
            + " figure1, figure2, figure4, figure5, table4, table5, figure6, rerankers, all",
        message);
  }
}
