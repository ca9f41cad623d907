package org.eglr.internal.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
