package org.eglr.kernel.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "video_482 (tag_1, author_32); video_482",
        "Seven (Se7en) (1995); Seven (Se7en)",
        "Toy Story; Toy Story",
        "(all in brackets); (all in brac…",
        "Close Encounters of the Third Kind (1977); Close Encoun…",
        "exactly13char; exactly13char",
      })
  void briefNamesAreWithoutFeaturesAndShort(String label, String brief) {
    ItemNames names = ItemNames.of(new String[] {label, "other"});
    assertEquals(brief, names.brief(0));
    assertEquals(label, names.full(0));
  }

  @Test
  void whatWouldReadTheSameIsToldApart() {
    ItemNames names =
        ItemNames.of(
            new String[] {
              "Nightmare on Elm Street, A (1984)",
              "Nightmare on Elm Street: Dream Warriors (1987)",
              "Dune (2021)",
              "Dune (1984)",
              "Emma",
              "Emma (1992)"
            });
    assertEquals("Night…reet, A", names.brief(0));
    assertEquals("Night…arriors", names.brief(1));
    assertEquals("Dune (2021)", names.brief(2));
    assertEquals("Dune (1984)", names.brief(3));
    assertEquals("Emma", names.brief(4));
    assertEquals("Emma (1992)", names.brief(5));
  }

  @Test
  void briefNamesOfDifferentLabelsDiffer() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Set<String> labels = new HashSet<>();
      while (labels.size() < 12) {
        labels.add(
            "ab".repeat(random.nextInt(12))
                + "xy".charAt(random.nextInt(2))
                + "ba".repeat(random.nextInt(6))
                + (random.nextBoolean() ? " (" + random.nextInt(3) + ")" : ""));
      }
      ItemNames names = ItemNames.of(labels.toArray(String[]::new));
      assertEquals(
          12, IntStream.range(0, 12).mapToObj(names::brief).distinct().count(), "seed " + seed);
    }
  }

  @Test
  void equalLabelsAreBriefTogether() {
    ItemNames names = ItemNames.of(new String[] {"twin (a)", "x", "twin (a)"});
    assertEquals("twin", names.brief(0));
    assertEquals("x", names.brief(1));
    assertEquals("twin", names.brief(2));
    assertTrue(ItemNames.numbers(3).brief(2).equals("#3"));
  }
}
