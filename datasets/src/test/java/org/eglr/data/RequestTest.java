package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTest {

  private final Schema schema =
      new Schema(
          List.of(),
          List.of(),
          List.of(new Vocabulary("id", List.of("a"))),
          List.of(new Scaling("price", 0, 1)));

  private Request request(int pool, int length, int ids, int values, int labels) {
    return new Request(
        schema,
        new int[0],
        new float[0],
        new int[ids],
        new float[values],
        pool,
        length,
        new String[labels]);
  }

  @Test
  void asksForAnotherNumberOfItems() {
    assertEquals(1, request(3, 2, 3, 3, 3).withLength(1).length());
    assertRefused(() -> request(3, 2, 3, 3, 3).withLength(4), "4 items of 3 candidates", "1 to 3");
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    assertRefused(() -> request(1, 1, 1, 1, 1), "at least 2 candidates", "1");
    assertRefused(() -> request(3, 0, 3, 3, 3), "0 items of 3", "1 to 3");
    assertRefused(() -> request(3, 2, 4, 3, 3), "itemIds has 4 entries", "ask for 3");
    assertRefused(() -> request(3, 2, 3, 2, 3), "itemValues has 2 entries", "ask for 3");
    assertRefused(() -> request(3, 2, 3, 3, 5), "labels has 5 entries", "ask for 3");
  }

  private final Schema full =
      new Schema(
          List.of(new Vocabulary("town", List.of("x", "y"))),
          List.of(new Scaling("age", 30, 5)),
          List.of(new Vocabulary("id", List.of("a", "b", "c")), new Vocabulary("brand", List.of())),
          List.of(new Scaling("price", 0, 1), new Scaling("year", 0, 1)));

  private Request live(int[] userIds, float[] userValues, int[] itemIds, float[] itemValues) {
    return new Request(full, userIds, userValues, itemIds, itemValues, 2, 1, new String[2]);
  }

  @Test
  void acceptsEveryIdOfTheVocabulariesAndEveryScaledValue() {
    Scaling age = full.userValues().get(0);
    float[] ends = {age.apply(-1e300), age.apply(1e300)};
    live(new int[] {2}, new float[] {ends[0]}, new int[] {0, 0, 3, 0}, new float[] {0, -0f, 1, -1});
    live(new int[] {0}, new float[] {ends[1]}, new int[] {3, 0, 1, 0}, new float[4]);
  }

  @Test
  void refusesValuesThatAreNoScaledNumbers() {
    float[] wrong = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Math.nextUp(10f), -1e30f
    };
    for (float value : wrong) {
      assertRefused(
          () -> live(new int[1], new float[1], new int[4], new float[] {0, 0, 0, value}),
          "candidate 1, field 'year' (itemValues[3]) is " + value + ";",
          "allowed are -10 to 10",
          "0 where it is missing");
      assertRefused(
          () -> live(new int[1], new float[] {value}, new int[4], new float[4]),
          "a request's user, field 'age' (userValues[0]) is " + value + ";",
          "allowed are -10 to 10");
    }
  }

  @Test
  void refusesIdsOutsideTheVocabulary() {
    for (int id : new int[] {-1, 4, 1 << 30, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertRefused(
          () -> live(new int[1], new float[1], new int[] {0, 0, id, 0}, new float[4]),
          "candidate 1, field 'id' (itemIds[2]) is " + id + ";",
          "ids 0 (unknown) to 3");
    }
    assertRefused(
        () -> live(new int[1], new float[1], new int[] {3, 1, 3, 0}, new float[4]),
        "candidate 0, field 'brand' (itemIds[1]) is 1;",
        "ids 0 (unknown) to 0");
    assertRefused(
        () -> live(new int[] {3}, new float[1], new int[4], new float[4]),
        "a request's user, field 'town' (userIds[0]) is 3;",
        "ids 0 (unknown) to 2");
  }

  @Test
  void keepsOnlyCandidatesThatThereAre() {
    Request request = request(3, 2, 3, 3, 3);
    assertEquals(2, request.withCandidates(new int[] {2, 0}).pool());
    for (int index : new int[] {-1, 3}) {
      assertRefused(
          () -> request.withCandidates(new int[] {0, index}), "kept[1] is " + index, "0 to 2");
    }
  }

  /** 2^30 candidates of 4 fields: in int arithmetic that is 0 ids, as given. */
  @Test
  void aPoolIsNotMeasuredWithAnOverflow() {
    assertRefused(
        () -> request(1 << 30, 1, 0, 0, 0), "itemIds has 0 entries", "ask for 1073741824");
    Schema four =
        new Schema(
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new Scaling("a", 0, 1),
                new Scaling("b", 0, 1),
                new Scaling("c", 0, 1),
                new Scaling("d", 0, 1)));
    assertRefused(
        () ->
            new Request(
                four,
                new int[0],
                new float[0],
                new int[0],
                new float[0],
                1 << 30,
                1,
                new String[0]),
        "itemValues has 0 entries",
        "ask for 4294967296");
  }
}
