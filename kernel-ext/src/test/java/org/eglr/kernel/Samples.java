package org.eglr.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.eglr.Ranking;
import org.eglr.data.Entities;
import org.eglr.data.ListLog;
import org.eglr.data.Splits;
import org.eglr.decode.Decision;
import org.eglr.decode.EntropyProfile;
import org.eglr.decode.Trace;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingStep;
import org.eglr.train.Validation;

/** Small made-up values for tests. */
public final class Samples {

  private Samples() {}

  /** 12 users with 10 lists each of 5 items; users click items of their own kind. */
  public static Splits data() {
    int users = 12;
    int items = 30;
    Entities people =
        Entities.of("users", names("u", users)).categorical("taste", kinds(users)).build();
    Entities films =
        Entities.of("items", names("i", items))
            .labels(
                IntStream.range(0, items).mapToObj(i -> "Film <" + i + ">").toArray(String[]::new))
            .categorical("kind", kinds(items))
            .build();
    ListLog.Builder log = ListLog.builder("sample", people, films);
    Random random = new Random(1);
    for (int user = 0; user < users; user++) {
      for (int time = 0; time < 10; time++) {
        int taste = user % 3;
        int[] pool = random.ints(0, items).distinct().limit(5).toArray();
        boolean[] clicks = new boolean[5];
        for (int i = 0; i < 5; i++) {
          clicks[i] = random.nextDouble() < (pool[i] % 3 == taste ? 0.9 : 0.1);
        }
        log.add(user, time, pool, clicks);
      }
    }
    return log.build().split(0.8, 0.1, 0.1);
  }

  public static EntropyProfile profile() {
    return new EntropyProfile(
        new double[] {1.2, 1.9, 1.4, 0.6, 0},
        new double[] {1.0, 1.1, 0.9, 0.5, 0},
        new double[] {.75, 1, .9, .8, 0},
        new double[] {.6, .7, .8, .7, 0},
        new double[] {.4, 1.7, 1.1, .2, 0});
  }

  /** A run of GRPO whose reward rises from 1 to 2. */
  public static TrainingLog grpo(int steps, boolean interrupted) {
    List<TrainingStep> taken = new ArrayList<>();
    List<Validation> validations = new ArrayList<>();
    for (int step = 1; step <= steps; step++) {
      taken.add(step(step, steps, 0.1 * step));
      if (step % 25 == 0) {
        validations.add(new Validation(step, Map.of("reward", 1 + (double) step / steps), true));
      }
    }
    return new TrainingLog("grpo", taken, validations, interrupted, 0.1 * steps);
  }

  public static TrainingStep step(int step, int total, double seconds) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", -0.01);
    values.put("reward", 1 + (double) step / total + 0.05 * Math.sin(step));
    values.put("reasoning steps", 3.0 - (double) step / total);
    return new TrainingStep(step, total, seconds, values, Optional.of(profile()));
  }

  public static TrainingLog evaluator(int steps) {
    List<TrainingStep> taken = new ArrayList<>();
    for (int step = 1; step <= steps; step++) {
      taken.add(
          new TrainingStep(
              step, steps, 0.02 * step, Map.of("loss", 1 + 1.0 / step), Optional.empty()));
    }
    List<Validation> validations =
        List.of(
            new Validation(steps / 2, Map.of("loss", 1.25), true),
            new Validation(steps, Map.of("loss", 1.31), false));
    return new TrainingLog("evaluator", taken, validations, false, 0.02 * steps);
  }

  /** The third candidate, then the first; one reasoning token before each. */
  public static Ranking ranking() {
    Decision first =
        new Decision(
            0,
            2,
            5,
            new double[] {1.5, 0.7},
            new float[][] {{.1f, .2f, .4f, .3f, 0}},
            new float[] {.05f, .15f, .7f, .1f, 0});
    Decision second =
        new Decision(
            1, 0, 4, new double[] {1.3}, new float[][] {}, new float[] {.6f, .3f, 0, .1f, 0});
    return new Ranking(
        data().test().request(0).withLength(2),
        new int[] {2, 0},
        new double[] {.8, .3},
        1.23,
        new Trace(List.of(first, second)));
  }

  private static String[] names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
  }

  private static String[] kinds(int count) {
    return IntStream.range(0, count).mapToObj(i -> "kind" + i % 3).toArray(String[]::new);
  }
}
