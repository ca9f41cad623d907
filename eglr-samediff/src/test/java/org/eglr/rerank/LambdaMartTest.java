package org.eglr.rerank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.ModelFileException;
import org.eglr.Rerankers;
import org.eglr.data.DataException;
import org.eglr.data.Entities;
import org.eglr.data.ListLog;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.trees.Binding;
import org.eglr.internal.trees.TreeText;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Metric;
import org.eglr.metrics.RankingMetrics;
import org.eglr.train.TrainingLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Against the Python package lightgbm, by the fixture of lambdamart_fixture.py. */
class LambdaMartTest {

  private static final Splits DATA =
      Simulator.adLike().lists(300).listLength(5).pool(8).seed(4).log().split(0.6, 0.2, 0.2);

  private static JsonNode fixture;

  @TempDir Path folder;

  @BeforeAll
  static void read() throws IOException {
    fixture =
        new ObjectMapper().readTree(LambdaMartTest.class.getResourceAsStream("lambdamart.json"));
  }

  private static double[] numbers(String name) {
    return IntStream.range(0, fixture.get(name).size())
        .mapToDouble(i -> fixture.get(name).get(i).asDouble())
        .toArray();
  }

  /** At its usual place another process would write over it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void the_native_library_is_this_process_own() throws IOException {
    String place = System.getProperty("java.io.tmpdir");
    new LambdaMart(DATA.schema(), 1).train(DATA, t -> t.trees(1));
    assertEquals(place, System.getProperty("java.io.tmpdir"));
    List<String> mapped =
        Files.readAllLines(Path.of("/proc/self/maps")).stream()
            .filter(line -> line.contains("lib_lightgbm"))
            .toList();
    assertFalse(mapped.isEmpty());
    mapped.forEach(line -> assertTrue(line.contains("/eglr-lightgbm"), line));
  }

  @Test
  void pythons_model_gives_pythons_scores() {
    var trees = TreeText.read(fixture.get("model").asText(), 3);
    assertEquals(fixture.get("trees").asInt(), trees.size());
    assertArrayEquals(numbers("scores"), trees.scores(numbers("rows")), 1e-12);
    assertArrayEquals(numbers("oddScores"), trees.scores(numbers("odd")), 1e-12);
  }

  @Test
  void trained_here_it_is_what_it_is_trained_in_python() {
    int length = fixture.get("length").asInt();
    Splits data = fixtureLists(length);
    LambdaMart model = Rerankers.lambdaMart(data.schema(), 1);
    int trees = fixture.get("trees").asInt();
    TrainingLog log =
        model.train(data.train(), null, t -> t.trees(trees).leaves(fixture.get("leaves").asInt()));
    assertEquals(trees, log.steps().size());
    assertEquals(trees, model.trees());
    double[] scores =
        IntStream.range(0, data.valid().size())
            .mapToObj(list -> model.scores(List.of(data.valid().request(list))).get(0))
            .flatMapToDouble(Arrays::stream)
            .toArray();
    assertArrayEquals(numbers("scores"), scores, 1e-9);
    double ndcg = 0;
    for (int list = 0; list < data.valid().size(); list++) {
      boolean[] labels = new boolean[length];
      boolean[] clicks = new boolean[length];
      int[] order = model.rerank(data.valid().request(list)).order();
      for (int k = 0; k < length; k++) {
        labels[k] = data.valid().clicked(list, k);
        clicks[k] = data.valid().clicked(list, order[k]);
      }
      ndcg += RankingMetrics.ndcg(clicks, labels, 5) / data.valid().size();
    }
    assertEquals(fixture.get("ndcg").asDouble(), ndcg, 1e-12);
  }

  /** The fixture's rows as a log: every row an item of its own, every list a user of its own. */
  private static Splits fixtureLists(int length) {
    double[] rows =
        java.util.stream.DoubleStream.concat(
                Arrays.stream(numbers("train")), Arrays.stream(numbers("valid")))
            .toArray();
    int items = rows.length / 3;
    int lists = items / length;
    String[] itemKeys = IntStream.range(0, items).mapToObj(i -> "i" + i).toArray(String[]::new);
    String[] userKeys = IntStream.range(0, lists).mapToObj(i -> "u" + i).toArray(String[]::new);
    Entities users =
        Entities.of("users", userKeys).categorical("group", column(rows, 0, length, lists)).build();
    Entities all =
        Entities.of("items", itemKeys)
            .categorical("kind", column(rows, 1, 1, items))
            .dense("value", IntStream.range(0, items).mapToDouble(i -> rows[3 * i + 2]).toArray())
            .build();
    ListLog.Builder log = ListLog.builder("fixture", users, all);
    int train = fixture.get("trainClicked").size();
    for (int list = 0; list < lists; list++) {
      boolean[] clicks = new boolean[length];
      int[] pool = new int[length];
      for (int k = 0; k < length; k++) {
        pool[k] = list * length + k;
        clicks[k] =
            1
                == (pool[k] < train
                        ? fixture.get("trainClicked").get(pool[k])
                        : fixture.get("validClicked").get(pool[k] - train))
                    .asInt();
      }
      log.add(list, list, pool, clicks);
    }
    int cut = train / length;
    return log.build()
        .split(
            IntStream.range(0, cut).toArray(), IntStream.range(cut, lists).toArray(), new int[0]);
  }

  private static String[] column(double[] rows, int column, int every, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> String.valueOf((int) rows[3 * i * every + column]))
        .toArray(String[]::new);
  }

  @Test
  void the_same_seed_gives_the_same_trees_and_a_file_the_same_scores() {
    LambdaMart one = trained(5);
    LambdaMart same = trained(5);
    assertEquals(one.text(), same.text());
    assertFalse(one.text().equals(trained(6).text()), "the seed draws the fields of a tree");
    Path file = folder.resolve("model.eglr");
    one.save(file);
    LambdaMart read = LambdaMart.load(file);
    assertEquals(one.trees(), read.trees());
    List<double[]> scores = one.scores(List.of(DATA.test().request(0), DATA.test().request(1)));
    List<double[]> again = read.scores(List.of(DATA.test().request(0), DATA.test().request(1)));
    assertArrayEquals(scores.get(0), again.get(0));
    assertArrayEquals(scores.get(1), again.get(1));
  }

  private static LambdaMart trained(long seed) {
    LambdaMart model = Rerankers.lambdaMart(DATA.schema(), seed);
    TrainingLog log = model.train(DATA, t -> t.trees(8).leaves(4).fieldShare(0.5).patience(3));
    assertEquals(model.trees(), log.best().orElseThrow().step());
    return model;
  }

  @Test
  void learns_positions_apart_if_told() {
    LambdaMart plain = Rerankers.lambdaMart(DATA.schema(), 1);
    plain.train(DATA.train(), null, t -> t.trees(6));
    LambdaMart corrected = Rerankers.lambdaMart(DATA.schema(), 1);
    corrected.train(DATA.train(), null, t -> t.trees(6).correctPosition(true));
    assertFalse(plain.text().equals(corrected.text()));
  }

  @Test
  void beats_the_initial_order_on_both_presets() {
    for (String preset : new String[] {"ad", "kuairand"}) {
      Splits data = Simulator.preset(preset).lists(2500).seed(3).log().split(0.7, 0.1, 0.2);
      LambdaMart model = Rerankers.lambdaMart(data.schema(), 1);
      model.train(data, t -> t.leaves(15).trees(100));
      Comparison both = Rerankers.compare(data.test(), Rerankers.initialOrder(), model);
      Metric gain = both.difference(1, "true DCG").orElseThrow();
      assertTrue(gain.value() > 1.96 * gain.standardError(), preset + ": " + gain);
    }
  }

  @Test
  void orders_pools_as_a_first_stage() {
    LambdaMart model = trained(5);
    Splits ordered = model.order(DATA);
    assertEquals(DATA.test().size(), ordered.test().size());
    for (int list = 0; list < 5; list++) {
      double[] scores = model.scores(List.of(ordered.test().request(list))).get(0);
      int shown = ordered.test().length(list);
      for (int i = 1; i < scores.length; i++) {
        assertTrue(i == shown || scores[i] <= scores[i - 1], list + ": " + i);
      }
    }
    double before = Rerankers.initialOrder().evaluate(DATA.test()).value("clicks@5");
    double after = Rerankers.initialOrder().evaluate(ordered.test()).value("clicks@5");
    assertEquals(before, after, 1e-12, "clicks stay with their items");
  }

  @Test
  void refuses_what_it_cannot_do_in_one_line() throws IOException {
    LambdaMart model = Rerankers.lambdaMart(DATA.schema(), 1);
    assertFalse(model.trained());
    assertEquals(
        "'LambdaMART' is not trained: call its train first, or load one",
        assertThrows(IllegalStateException.class, () -> model.evaluate(DATA.test())).getMessage());
    Splits other = Simulator.kuaiRandLike().lists(50).seed(1).log().split(0.6, 0.2, 0.2);
    assertThrows(DataException.class, () -> model.train(other));
    assertEquals(
        "setting 'trees' is 0; allowed: 1 to 10000",
        assertThrows(IllegalArgumentException.class, () -> model.train(DATA, t -> t.trees(0)))
            .getMessage());
    Path file = folder.resolve("rates.eglr");
    ClickRate rates = Rerankers.clickRate(DATA.schema());
    rates.train(DATA);
    rates.save(file);
    assertEquals(
        file + " holds a re-ranker of the kind 'ctr', not 'lambdamart'",
        assertThrows(ModelFileException.class, () -> LambdaMart.load(file)).getMessage());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThrows(ModelFileException.class, () -> ClickRate.load(file));
  }

  @Test
  void a_text_that_would_lead_out_of_a_tree_is_refused() {
    String text = fixture.get("model").asText();
    String[][] edits = {
      {"left_child=1", "left_child=0", "points out of the tree"},
      {"left_child=1", "left_child=77", "points out of the tree"},
      {"left_child=1", "left_child=-9", "points out of the tree"},
      {"split_feature=2", "split_feature=3", "points out of the tree"},
      {"cat_boundaries=0", "cat_boundaries=1", "cat_boundaries do not fit"},
      {"num_leaves=5", "num_leaves=6", "has 4 numbers of 5"},
      {"num_leaves=5", "num_leaves=-5", "has -5 leaves"},
      {"leaf_value=", "leaf_value=NaN ", "has 6 numbers of 5"},
      {"leaf_value=-", "leaf_value=-x", "For input string"},
      {"num_class=1", "num_class=2", "num_class is 2; it must be 1"},
      {"end of trees", "", "ends before 'end of trees'"},
    };
    for (String[] edit : edits) {
      String edited = text.replaceFirst(edit[0], edit[1]);
      assertFalse(edited.equals(text), edit[0]);
      var refusal = assertThrows(DataException.class, () -> TreeText.read(edited, 3));
      assertTrue(refusal.getMessage().contains(edit[2]), refusal.getMessage());
    }
    assertEquals(
        "LightGBM model: max_feature_idx is 2; it must be 4",
        assertThrows(DataException.class, () -> TreeText.read(text, 5)).getMessage());
  }

  @Test
  void says_what_to_add_where_lightgbm_is_not_there() throws Exception {
    URL own = Binding.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader without = new URLClassLoader(new URL[] {own}, null)) {
      var require = without.loadClass(Binding.class.getName()).getMethod("require");
      Throwable cause =
          assertThrows(
                  java.lang.reflect.InvocationTargetException.class, () -> require.invoke(null))
              .getCause();
      assertEquals(
          "LambdaMART is trained by LightGBM, which is not on the class path: add"
              + " io.github.metarank:lightgbm4j:4.3.0-1 (one that is trained ranks without it)",
          cause.getMessage());
    }
  }
}
