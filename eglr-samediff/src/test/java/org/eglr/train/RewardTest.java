package org.eglr.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.eglr.Eglr;
import org.eglr.ListScore;
import org.eglr.ModelFileException;
import org.eglr.data.DataException;
import org.eglr.data.ListLog;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Splits;
import org.eglr.data.Vocabulary;
import org.eglr.data.sim.Simulator;
import org.eglr.internal.work.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rewards: what each is worth, how they are named and combined, and how they fail. */
class RewardTest {

  private static final Splits DATA =
      Simulator.adLike().lists(120).listLength(4, 5).pool(7).seed(1).log().split(0.7, 0.15, 0.15);

  @TempDir Path folder;

  @AfterEach
  void restoreWorkers() {
    Workers.resize(Runtime.getRuntime().availableProcessors());
  }

  // values

  /** Items of a categorical field "kind" and of genres. */
  private static Request request(int[] kinds, double[][] genres, int length) {
    Schema schema =
        new Schema(
            List.of(new Vocabulary("age", List.of("young"))),
            List.of(),
            List.of(new Vocabulary("kind", List.of("a", "b", "c"))),
            List.of(
                new Scaling("price", 1, 2),
                new Scaling("genre_x", 0.5, 0.5),
                new Scaling("genre_y", 0.25, 0.5)));
    float[] values = new float[kinds.length * 3];
    String[] labels = new String[kinds.length];
    for (int i = 0; i < kinds.length; i++) {
      values[3 * i] = i;
      values[3 * i + 1] = schema.itemValues().get(1).apply(genres[i][0]);
      values[3 * i + 2] = schema.itemValues().get(2).apply(genres[i][1]);
      labels[i] = "item " + i;
    }
    return new Request(
        schema, new int[] {1}, new float[0], kinds, values, kinds.length, length, labels);
  }

  private static RewardedList list(Request request, double[] truth, int... order) {
    double[] click = IntStream.range(0, order.length).mapToDouble(k -> 0.5 - 0.1 * k).toArray();
    return new RewardedList(
        request, order, new ListScore(click, 2.5), () -> Optional.ofNullable(truth));
  }

  @Test
  void of_evaluator_and_truth() {
    Request request = request(new int[] {1, 2, 0}, new double[3][2], 2);
    RewardedList list = list(request, new double[] {0.25, 0.5}, 2, 1);
    double second = 1 / (Math.log(3) / Math.log(2));
    assertEquals(0.5 + 0.4 * second, Reward.clickDcg().of(list), 1e-12);
    assertEquals(2.5, Reward.listValue().of(list));
    assertEquals(0.25 + 0.5 * second, Reward.trueDcg().of(list), 1e-12);
    assertEquals(0.75, Reward.trueClicks().of(list), 1e-12);
    assertSame(Reward.CLICK_DCG, Reward.clickDcg());
    assertEquals("item 2 item 1", list.label(0) + " " + list.label(1));
    assertEquals("", list.category("kind", 0));
    assertEquals("b", list.category("kind", 1));
    assertEquals(1, list.number("price", 1));
    String message =
        assertThrows(IllegalArgumentException.class, () -> list.category("prise", 0)).getMessage();
    assertEquals("no categorical item field 'prise'; there are [kind]", message);
    assertEquals(
        "no dense item field 'kind': it is categorical; there are [price, genre_x, genre_y]",
        assertThrows(IllegalArgumentException.class, () -> list.number("kind", 0)).getMessage());
    message =
        assertThrows(IllegalStateException.class, () -> list(request, null, 0, 1).trueDcg())
            .getMessage();
    assertEquals(
        "no true click probabilities: only simulated data have them; ask hasTruth()", message);
  }

  @Test
  void pessimistic_takes_deviations_off() {
    Request request = request(new int[] {1, 2, 0}, new double[3][2], 2);
    ListScore score = new ListScore(new double[] {0.5, 0.4}, 2, new double[] {0.1, 0.02});
    RewardedList list = new RewardedList(request, new int[] {2, 1}, score, Optional::empty);
    double second = 1 / (Math.log(3) / Math.log(2));
    assertEquals(0.5 + 0.4 * second, Reward.pessimistic(0).of(list), 1e-12);
    assertEquals(0.35 + 0.37 * second, Reward.pessimistic(1.5).of(list), 1e-12);
    assertEquals(0.35 + 0.37 * second, Reward.parse("pessimistic(1.5)").of(list), 1e-12);
    assertArrayEquals(new double[] {0.1, 0.02}, list.deviations());
    assertEquals(1, Reward.pessimistic(0).members());
    assertEquals(2, Reward.named("a", Reward.pessimistic(1)).members());
    assertEquals(2, Reward.clickDcg().plus(1, Reward.pessimistic(1)).members());
    String message =
        assertThrows(IllegalArgumentException.class, () -> Reward.pessimistic(-1)).getMessage();
    assertEquals("setting 'beta' is -1.0; allowed: 0 to 100", message);
  }

  /** Against all ordered lists of the pool. */
  @ParameterizedTest
  @ValueSource(strings = {"kind", "genre"})
  void diversity_is_alpha_ndcg(String field) {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 40; round++) {
      int pool = 2 + random.nextInt(4);
      int length = 1 + random.nextInt(pool);
      int[] kinds = random.ints(pool, 0, 3).toArray();
      double[][] genres = new double[pool][];
      Arrays.setAll(genres, i -> new double[] {random.nextInt(2), random.nextInt(2)});
      Request request = request(kinds, genres, length);
      List<int[]> all = new ArrayList<>();
      orders(new int[0], pool, length, all);
      double best =
          all.stream().mapToDouble(o -> alphaDcg(field, kinds, genres, o)).max().orElse(0);
      double most = 0;
      for (int[] order : all) {
        double dcg = alphaDcg(field, kinds, genres, order);
        double actual = Reward.diversity(field).of(list(request, null, order));
        most = Math.max(most, actual);
        if (field.equals("kind")) {
          assertEquals(dcg / best, actual, 1e-12);
        } else if (dcg
            > 0) { // of two values the greedy list is the best; of more, see AlphaNdcgTest
          assertEquals(dcg / best, actual, 1e-12);
        }
      }
      assertTrue(most >= 1 - 1e-12, "some list is ideal");
    }
  }

  private static void orders(int[] begun, int pool, int length, List<int[]> into) {
    if (begun.length == length) {
      into.add(begun);
      return;
    }
    for (int i = 0; i < pool; i++) {
      int next = i;
      if (IntStream.of(begun).noneMatch(j -> j == next)) {
        int[] more = Arrays.copyOf(begun, begun.length + 1);
        more[begun.length] = i;
        orders(more, pool, length, into);
      }
    }
  }

  private static double alphaDcg(String field, int[] kinds, double[][] genres, int[] order) {
    double sum = 0;
    for (int k = 0; k < order.length; k++) {
      double gain = 0;
      if (field.equals("kind")) {
        int seen = 0;
        for (int j = 0; j < k; j++) {
          seen += kinds[order[j]] == kinds[order[k]] ? 1 : 0;
        }
        gain = Math.pow(0.5, seen);
      } else {
        for (int g = 0; g < 2; g++) {
          int seen = 0;
          for (int j = 0; j < k; j++) {
            seen += genres[order[j]][g] == 1 ? 1 : 0;
          }
          gain += genres[order[k]][g] == 1 ? Math.pow(0.5, seen) : 0;
        }
      }
      sum += gain / (Math.log(k + 2) / Math.log(2));
    }
    return sum;
  }

  @Test
  void intra_list_distance() {
    Request request = request(new int[] {1, 2, 1, 0}, new double[4][2], 3);
    assertEquals(1.0 / 3 * 2, Reward.ilad("kind").of(list(request, null, 0, 1, 2)), 1e-12);
    assertEquals(0, Reward.ilad("kind").of(list(request, null, 0, 2)));
    assertEquals(1, Reward.ilad("kind").of(list(request, null, 3, 1, 0)));
    assertEquals(0, Reward.ilad("kind").of(list(request, null, 1)));
  }

  @Test
  void sums_are_weighted() {
    Request request = request(new int[] {1, 2, 0}, new double[3][2], 2);
    RewardedList list = list(request, null, 0, 1);
    Reward length = l -> l.length();
    Reward sum = Reward.clickDcg().plus(0.5, Reward.named("items", length)).plus(-2, length);
    assertEquals(list.clickDcg() + 0.5 * 2 - 2 * 2, sum.of(list), 1e-12);
    assertEquals("click-dcg + 0.5 items - 2.0 custom", sum.name());
    assertEquals(3, sum.terms().size());
    assertTrue(sum.custom());
    Reward nested = Reward.listValue().plus(0.5, Reward.clickDcg().plus(4, length));
    assertEquals(List.of(1.0, 0.5, 2.0), nested.terms().stream().map(RewardTerm::weight).toList());
    assertEquals("custom", length.name());
  }

  // names

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "click-dcg | click-dcg",
        "CLICK_DCG | click-dcg",
        "List-Value | list-value",
        "true-clicks | true-clicks",
        "click-dcg + 0.2 diversity(genre) | click-dcg + 0.2 diversity(genre)",
        "click-dcg+.5*ilad( cate )-true-dcg | click-dcg + 0.5 ilad(cate) - true-dcg",
        "2 list-value | 2.0 list-value",
        "Pessimistic( 1.5 ) | pessimistic(1.5)",
        "click-dcg - 0.5 off_support | click-dcg - 0.5 off-support",
        "-1e-1 list-value + click-dcg | -0.1 list-value + click-dcg",
      })
  void are_read_from_text(String text, String name) {
    assertEquals(name, Reward.parse(text).name());
    assertEquals(name, Reward.parse(name).name(), "a name is read as what it names");
    assertFalse(Reward.parse(text).custom());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "clicks",
        "click-dcg +",
        "click-dcg list-value",
        "diversity",
        "click-dcg(x)",
        "1e999 click-dcg",
        "+ + click-dcg",
        "diversity()",
        "pessimistic",
        "pessimistic(x)",
        "pessimistic(101)",
        "off-support(1)"
      })
  void what_is_no_reward_is_refused(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Reward.parse(text)).getMessage();
    assertTrue(message.startsWith("setting '"), message);
    assertTrue(message.contains("allowed: "), message);
  }

  @Test
  void the_old_names_are_the_same_rewards() {
    assertSame(Reward.CLICK_DCG, Reward.parse("CLICK_DCG"));
    assertSame(Reward.LIST_VALUE, Reward.parse("LIST_VALUE"));
    assertThrows(IllegalArgumentException.class, () -> Reward.named(" ", Reward.clickDcg()));
    assertThrows(IllegalArgumentException.class, () -> Reward.named("a", null));
    assertThrows(IllegalArgumentException.class, () -> Reward.clickDcg().plus(1, null));
    assertThrows(
        IllegalArgumentException.class, () -> Reward.clickDcg().plus(Double.NaN, Reward.trueDcg()));
  }

  // training

  private static Eglr model() {
    Eglr model =
        Eglr.builder(DATA.schema()).width(8).heads(2).embedding(4).position(4).seed(3).build();
    model.trainEvaluator(DATA, t -> t.epochs(1).batchSize(20));
    return model;
  }

  private static TrainingLog train(Eglr model, UnaryOperator<GrpoTraining> more) {
    return model.trainGenerator(
        DATA, t -> more.apply(t.steps(4).batchSize(10).groupSize(4).validateEvery(2)));
  }

  private byte[] bytes(Eglr model) {
    try {
      Path file = folder.resolve("model.eglr");
      model.save(file);
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_lambda_that_computes_the_same_trains_the_same() {
    Eglr ready = model();
    Eglr own = model();
    TrainingLog expected = train(ready, t -> t);
    TrainingLog actual = train(own, t -> t.reward(list -> list.clickDcg()));
    assertEquals(
        expected.steps().stream().map(TrainingStep::values).toList(),
        actual.steps().stream().map(TrainingStep::values).toList());
    assertEquals(expected.validations(), actual.validations());
    assertArrayEquals(bytes(ready), bytes(own));
  }

  @Test
  void a_sum_is_logged_part_by_part_and_independent_of_threads() {
    UnaryOperator<GrpoTraining> options =
        t ->
            t.normaliseEach(true)
                .reward(
                    Reward.clickDcg()
                        .plus(0.3, Reward.diversity("cate"))
                        .plus(0.1, list -> -list.number("price", 0)));
    byte[] first = null;
    for (int threads = 1; threads <= 3; threads++) {
      Workers.resize(threads);
      Eglr model = model();
      TrainingLog log = train(model, options);
      var values = log.steps().get(2).values();
      double sum =
          values.get("reward: click-dcg")
              + 0.3 * values.get("reward: diversity(cate)")
              + 0.1 * values.get("reward: custom");
      assertEquals(sum, values.get("reward"), 1e-9);
      var validated = log.validations().get(0).values();
      assertEquals("reward", validated.keySet().iterator().next());
      assertTrue(validated.containsKey("reward: diversity(cate)"));
      byte[] bytes = bytes(model);
      first = first == null ? bytes : first;
      assertArrayEquals(first, bytes, threads + " threads");
    }
    Eglr other = model();
    train(other, t -> options.apply(t).normaliseEach(false));
    assertFalse(Arrays.equals(first, bytes(other)), "normalising first is something else");
  }

  @Test
  void lists_become_what_is_rewarded() {
    Eglr model = model();
    TrainingLog log =
        model.trainGenerator(
            DATA.train(),
            t ->
                t.steps(80)
                    .batchSize(20)
                    .learningRate(1e-2)
                    .reward(Reward.clickDcg().plus(1, list -> -list.number("price", 0))));
    double before = mean(log.steps().subList(0, 5), "reward: custom");
    double after = mean(log.steps().subList(75, 80), "reward: custom");
    assertTrue(after > before, before + ", then " + after);
  }

  private static double mean(List<TrainingStep> steps, String value) {
    return steps.stream().mapToDouble(s -> s.values().get(value)).average().orElseThrow();
  }

  @Test
  void what_is_not_finite_or_fails_ends_the_training_with_the_list() {
    for (int threads = 1; threads <= 3; threads++) {
      Workers.resize(threads);
      Eglr model = model();
      byte[] before = bytes(model);
      String message = failure(model, list -> list.order()[0] == 2 ? Double.NaN : 1);
      assertTrue(
          message.matches(
              "reward 'custom' is NaN for (validation list \\d+|training list \\d+ at step 1);"
                  + " allowed: finite numbers; the best weights so far are kept"),
          message);
      message = failure(model, list -> 1 / (list.order().length - list.length()));
      assertEquals(
          "reward 'custom' failed for validation list 0: java.lang.ArithmeticException: / by zero;"
              + " the best weights so far are kept",
          message);
      message =
          failure(
              model,
              Reward.named("slow", list -> Double.POSITIVE_INFINITY).plus(1, Reward.clickDcg()));
      assertTrue(message.startsWith("reward 'slow' is Infinity for validation list 0;"), message);
      assertArrayEquals(before, bytes(model), "weights are kept");
    }
  }

  private static String failure(Eglr model, Reward reward) {
    return assertThrows(IllegalStateException.class, () -> train(model, t -> t.reward(reward)))
        .getMessage();
  }

  @Test
  void truth_and_fields_that_data_lack_are_said_before_the_first_step() {
    ListLog log = DATA.log();
    ListLog.Builder builder = ListLog.builder("clicks of May", log.users(), log.items());
    for (int list = 0; list < 40; list++) {
      int l = list;
      int[] pool = IntStream.range(0, log.pool(l)).map(i -> log.candidate(l, i)).toArray();
      boolean[] clicks = new boolean[log.length(l)];
      builder.add(log.user(l), log.time(l), pool, clicks, log.utility(l));
    }
    ListSet logged = builder.build().encode(DATA.schema());
    Eglr model = model();
    String message =
        assertThrows(
                DataException.class,
                () -> model.trainGenerator(logged, t -> t.steps(1).reward(Reward.trueDcg())))
            .getMessage();
    assertEquals(
        "reward 'true-dcg' needs the true click probabilities, which only simulated data have;"
            + " 'clicks of May' is a log: take click-dcg, or a simulator's data",
        message);
    message =
        assertThrows(
                DataException.class,
                () ->
                    model.trainGenerator(
                        DATA.train(),
                        t -> t.steps(1).reward(Reward.trueClicks()).validation(logged)))
            .getMessage();
    assertTrue(message.contains("'clicks of May' is a log"), message);
    message =
        assertThrows(
                DataException.class,
                () -> train(model, t -> t.reward(Reward.clickDcg().plus(1, Reward.ilad("genre")))))
            .getMessage();
    assertTrue(
        message.startsWith(
            "reward 'ilad(genre)': no categorical item field 'genre', nor dense ones 'genre_...';"
                + " there are [adgroup, cate"),
        message);
    TrainingLog of = model.trainGenerator(logged, t -> t.steps(1).batchSize(8));
    assertFalse(of.steps().get(0).values().containsKey("true DCG"));
    assertFalse(of.steps().get(0).values().containsKey("truth agreement"));
  }

  // checkpoints

  @Test
  void a_checkpoint_knows_the_reward_s_name() {
    Path file = folder.resolve("run.checkpoint");
    Eglr model = model();
    byte[] before = bytes(model);
    Reward own = list -> list.value() / 2;
    train(model, t -> t.steps(2).reward(own).checkpoint(file, 1));
    Eglr other = Eglr.load(file);
    String message =
        assertThrows(ModelFileException.class, () -> train(other, t -> t.resume(file)))
            .getMessage();
    assertTrue(
        message.contains(
            "reward: custom in the checkpoint, CLICK_DCG here. To resume it, give it the options"
                + " of the run, a reward of one's own written once more"),
        message);
    List<String> told = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onWarning(String sentence) {
            told.add(sentence);
          }
        };
    TrainingLog log = train(other, t -> t.reward(own).resume(file).listener(listener));
    assertEquals(4, log.steps().size());
    assertEquals(
        List.of(
            "a checkpoint cannot tell what reward 'custom' computes: make sure that it is the"
                + " run's own"),
        told);
    assertEquals(told, log.warnings());
    assertNotEquals(0, before.length);
  }

  @Test
  void a_sum_is_resumed_by_its_name() {
    Path file = folder.resolve("run.checkpoint");
    Eglr whole = model();
    Eglr stopped = model();
    UnaryOperator<GrpoTraining> options =
        t -> t.reward(Reward.parse("click-dcg + 0.2 diversity(cate)")).normaliseEach(true);
    train(whole, options);
    train(stopped, t -> options.apply(t).steps(2).checkpoint(file, 1));
    Eglr resumed = Eglr.load(file);
    String message =
        assertThrows(
                ModelFileException.class,
                () ->
                    train(
                        resumed,
                        t ->
                            t.reward(Reward.parse("click-dcg + 0.3 diversity(cate)")).resume(file)))
            .getMessage();
    assertTrue(
        message.contains(
            "reward: click-dcg + 0.2 diversity(cate) in the checkpoint, click-dcg + 0.3"
                + " diversity(cate) here; normaliseEach: true in the checkpoint, false here"),
        message);
    TrainingLog log = train(resumed, t -> options.apply(t).resume(file));
    assertEquals(List.of(), log.warnings(), "nothing that cannot be checked");
    assertEquals(whole.generatorLog().orElseThrow().validations(), log.validations());
  }
}
