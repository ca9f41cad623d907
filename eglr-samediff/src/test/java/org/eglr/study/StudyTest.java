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
    String[] args = {"reasoning", "1", "1", "small", "ad, pool 10, n 1", folder.toString()};
    StudyMain.run(args);
    Path file = folder.resolve("reasoning-small.csv");
    List<String> lines = Files.readAllLines(file);
    int variants = Studies.named("reasoning").variants().size();
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

  /** By the values of each list that the runs keep. */
  @Test
  void gains_are_over_the_first_row_and_over_the_first_variant() throws IOException {
    StudyMain.run(new String[] {"pessimism", "1", "2", "small", "misleading", folder.toString()});
    List<String[]> rows =
        Files.readAllLines(folder.resolve("pessimism-small.csv")).stream()
            .skip(1)
            .map(line -> line.split(",(?=([^\"]*\"[^\"]*\")*[^\"]*$)", -1)) // outside of quotes
            .toList();
    List<String> header = List.of(StudyRow.HEADER.split(","));
    int variant = header.indexOf("variant");
    int quality = header.indexOf("quality");
    int gain = header.indexOf("quality_gain");
    int over = header.indexOf("variant_gain");
    assertEquals("\"initial order\"", rows.get(0)[variant]);
    assertEquals("\"click-dcg\"", rows.get(1)[variant]);
    for (int row = 0; row < rows.size(); row++) {
      String[] own = rows.get(row);
      double value = Double.parseDouble(own[quality]);
      assertEquals(row == 0, own[gain].isEmpty(), "the first row has no gain");
      assertEquals(row < 2, own[over].isEmpty(), "the first variant has none over itself");
      if (row > 0) {
        double first = Double.parseDouble(rows.get(0)[quality]);
        assertEquals(value - first, Double.parseDouble(own[gain]), 2e-5, own[variant]);
      }
      if (row > 1) {
        double first = Double.parseDouble(rows.get(1)[quality]);
        assertEquals(value - first, Double.parseDouble(own[over]), 2e-5, own[variant]);
      }
    }
  }

  @Test
  void a_rival_that_a_variant_names_is_one_of_the_study() {
    int named = 0;
    for (Study study : Studies.all()) {
      List<String> names = study.variants().stream().map(Variant::name).toList();
      for (Variant variant : study.variants()) {
        assertTrue(
            variant.against().isEmpty() || names.contains(variant.against()), variant.toString());
        assertTrue(!variant.against().equals(variant.name()), variant.toString());
        named += variant.against().isEmpty() ? 0 : 1;
      }
    }
    assertTrue(named > 0);
  }

  @Test
  void another_condition_or_world_adds_its_rows_and_the_same_one_replaces_them()
      throws IOException {
    String pool10 = "kuairand, pool 10, n 1";
    StudyMain.run(new String[] {"defaults", "1", "1", "small", pool10, folder.toString()});
    Path file = folder.resolve("defaults-small.csv");
    List<String> one = Files.readAllLines(file);
    StudyMain.run(
        new String[] {"defaults", "1", "1", "small", "kuairand, pool 10, n 3", folder.toString()});
    List<String> both = Files.readAllLines(file);
    assertEquals(one, both.subList(0, one.size()), "rows of another condition stay");
    assertEquals(2 * one.size() - 1, both.size());
    StudyMain.run(new String[] {"defaults", "1", "1", "small", pool10, folder.toString()});
    assertEquals(both.size(), Files.readAllLines(file).size(), "no row is there twice");
    StudyMain.run(new String[] {"defaults", "2", "1", "small", pool10, folder.toString()});
    assertEquals(both.size() + one.size() - 1, Files.readAllLines(file).size(), "world 2");
    Files.writeString(file, "another header\n1,2,3\n");
    StudyMain.run(new String[] {"defaults", "1", "1", "small", pool10, folder.toString()});
    assertEquals(one, Files.readAllLines(file), "a file of another version is written anew");
  }

  @Test
  void an_unknown_study_is_refused_with_the_names_there_are() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Studies.named("speed")).getMessage();
    assertEquals(
        "no study 'speed'; there are defaults, pairs, reasoning, reasoning-by-truth, pessimism,"
            + " movielens, table1, table2, table3, figure1, figure2, figure4, figure5, table4, table5, figure6, rerankers, all",
        message);
  }
}
