package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {

  @Test
  void idsStartAtOneAndZeroIsEverythingElse() {
    Vocabulary vocabulary = new Vocabulary("colour", List.of("red", "blue", ""));
    assertEquals(4, vocabulary.size());
    assertEquals(1, vocabulary.id("red"));
    assertEquals(2, vocabulary.id("blue"));
    assertEquals(3, vocabulary.id(""));
    assertEquals(Vocabulary.UNKNOWN, vocabulary.id("green"));
    assertEquals(Vocabulary.UNKNOWN, vocabulary.id(null));
  }

  @Test
  void learnsDistinctValuesInOrderOfAppearance() {
    Vocabulary vocabulary = Vocabulary.of("colour", Arrays.asList("b", null, "a", "b", null, "c"));
    assertEquals(List.of("b", "a", "c"), vocabulary.values());
    assertEquals(vocabulary, new Vocabulary("colour", List.of("b", "a", "c")));
    assertEquals(vocabulary.hashCode(), new Vocabulary("colour", vocabulary.values()).hashCode());
    assertNotEquals(vocabulary, new Vocabulary("colour", List.of("a", "b", "c")));
    assertNotEquals(vocabulary, new Vocabulary("paint", List.of("b", "a", "c")));
  }

  @Test
  void refusesRepeatedAndMissingValues() {
    assertRefused(
        () -> new Vocabulary("colour", List.of("a", "b", "a")),
        "'colour'",
        "'a' stands twice",
        "ids 1 and 3");
    assertRefused(
        () -> new Vocabulary("colour", Arrays.asList("a", null)), "'colour'", "id 2 has no value");
  }
}
