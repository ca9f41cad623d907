package org.eglr.internal.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.eglr.decode.EntropyProfile;
import org.eglr.train.TrainingStep;
import org.eglr.train.Validation;
import org.junit.jupiter.api.Test;

class StoredLogTest {

  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    2.0e-3,
    2.2250738585072014E-308
  };

  private final SplittableRandom random = new SplittableRandom(1);

  /** Doubles of any bits, and those that JSON has no number for. */
  @Test
  void keeps_every_bit() throws IOException {
    List<TrainingStep> steps = new ArrayList<>();
    List<Validation> validations = new ArrayList<>();
    for (int s = 1; s <= 300; s++) {
      EntropyProfile profile =
          new EntropyProfile(numbers(), numbers(), numbers(), numbers(), numbers());
      steps.add(new TrainingStep(s, 300, 0.5 * s, values(), Optional.of(profile)));
      validations.add(new Validation(s, values(), random.nextInt(2) == 0));
    }
    Checkpoint.History history = new Checkpoint.History(steps, validations, 3);
    byte[] json = StrictJson.MAPPER.writeValueAsBytes(StoredLog.of(history));
    Checkpoint.History read = StrictJson.MAPPER.readValue(json, StoredLog.class).toHistory(400, 3);
    assertEquals(validations, read.validations()); // boxed doubles are equal by their bits
    assertEquals(history.steps().size(), read.steps().size());
    for (int s = 0; s < 300; s++) {
      TrainingStep there = steps.get(s);
      TrainingStep here = read.steps().get(s);
      assertEquals(s + 1, here.step());
      assertEquals(400, here.total());
      assertEquals(there.seconds(), here.seconds());
      assertEquals(there.values(), here.values());
      EntropyProfile a = there.profile().orElseThrow();
      EntropyProfile b = here.profile().orElseThrow();
      assertArrayEquals(a.before(), b.before());
      assertArrayEquals(a.after(), b.after());
      assertArrayEquals(a.relativeBefore(), b.relativeBefore());
      assertArrayEquals(a.relativeAfter(), b.relativeAfter());
      assertArrayEquals(a.steps(), b.steps());
    }
  }

  private Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", number());
    values.put("click loss", number());
    return values;
  }

  private double[] numbers() {
    return random.longs(4).mapToDouble(bits -> number()).toArray();
  }

  private double number() {
    int kind = random.nextInt(SPECIAL.length + 10);
    return kind < SPECIAL.length ? SPECIAL[kind] : Double.longBitsToDouble(random.nextLong());
  }
}
