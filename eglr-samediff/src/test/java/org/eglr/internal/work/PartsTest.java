package org.eglr.internal.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartsTest {

  @Test
  void parts_cover_all_entries_in_order_and_keep_the_limit() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] sizes = random.ints(random.nextInt(30), 1, 12).toArray();
      List<Parts.Part> parts = Parts.of(sizes.length, i -> sizes[i], 20);
      int next = 0;
      for (Parts.Part part : parts) {
        assertEquals(next, part.from());
        int sum = 0;
        for (int i = part.from(); i < part.to(); i++) {
          sum += sizes[i];
        }
        assertTrue(part.size() > 0 && (sum <= 20 || part.size() == 1));
        next = part.to();
      }
      assertEquals(sizes.length, next);
    }
  }

  /** Against all ways of cutting a few entries: the fewest parts, of those the smallest. */
  @Test
  void even_parts_are_as_few_and_then_as_small_as_can_be() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] sizes = random.ints(1 + random.nextInt(9), 1, 12).toArray();
      int limit = 5 + random.nextInt(60);
      List<Parts.Part> parts = Parts.even(sizes.length, i -> sizes[i], limit);
      int fewest = Integer.MAX_VALUE;
      long least = Long.MAX_VALUE;
      for (int cuts = 0; cuts < 1 << (sizes.length - 1); cuts++) {
        List<Parts.Part> other = cut(sizes.length, cuts);
        long largest = largest(other, sizes);
        if (largest <= limit && other.size() <= fewest) {
          least = other.size() < fewest ? largest : Math.min(least, largest);
          fewest = other.size();
        }
      }
      assertEquals(fewest, parts.size(), "seed " + seed);
      assertEquals(least, largest(parts, sizes), "seed " + seed);
    }
    assertEquals(List.of(), Parts.even(0, i -> 1, 20));
  }

  private static List<Parts.Part> cut(int entries, int cuts) {
    List<Parts.Part> parts = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= entries; i++) {
      if (i == entries || (cuts >> (i - 1) & 1) == 1) {
        parts.add(new Parts.Part(from, i));
        from = i;
      }
    }
    return parts;
  }

  /** With padding; an entry alone may be as large as it is. */
  private static long largest(List<Parts.Part> parts, int[] sizes) {
    return parts.stream()
        .filter(part -> part.size() > 1)
        .mapToLong(
            part ->
                (long) part.size()
                    * Arrays.stream(sizes, part.from(), part.to()).max().orElseThrow())
        .max()
        .orElse(0);
  }

  @Test
  void equal_entries_make_equal_parts() {
    for (int entries : new int[] {1, 7, 100, 2048}) {
      for (int limit : new int[] {30, 1000, 14_664, 1 << 20}) {
        List<Parts.Part> parts = Parts.even(entries, i -> 30, limit);
        int least = parts.stream().mapToInt(Parts.Part::size).min().orElseThrow();
        int most = parts.stream().mapToInt(Parts.Part::size).max().orElseThrow();
        assertTrue(most - least < parts.size() || most == least, entries + " in " + parts);
      }
    }
    assertEquals(
        List.of(new Parts.Part(0, 1024), new Parts.Part(1024, 2048)),
        Parts.even(2048, i -> 240, 262_144));
  }

  @Test
  void padded_parts_keep_the_limit_with_their_padding() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] sizes = random.ints(random.nextInt(30), 1, 12).toArray();
      List<Parts.Part> parts = Parts.padded(sizes.length, i -> sizes[i], 20);
      int next = 0;
      for (Parts.Part part : parts) {
        assertEquals(next, part.from());
        int largest = 0;
        for (int i = part.from(); i < part.to(); i++) {
          largest = Math.max(largest, sizes[i]);
        }
        assertTrue(part.size() > 0 && (part.size() * largest <= 20 || part.size() == 1));
        next = part.to();
      }
      assertEquals(sizes.length, next);
    }
  }

  @Test
  void an_entry_beyond_the_limit_is_a_part_of_its_own() {
    long[] sizes = {5, 1L << 40, 5};
    assertEquals(
        List.of(new Parts.Part(0, 1), new Parts.Part(1, 2), new Parts.Part(2, 3)),
        Parts.of(3, i -> sizes[i], 20));
  }
}
