package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongIndexTest {

  @ParameterizedTest
  @ValueSource(longs = {10, 50_000, 1L << 24, Long.MAX_VALUE})
  void numbersAsAMap(long bound) {
    Random random = new Random(bound);
    LongIndex index = new LongIndex();
    Map<Long, Integer> map = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      long id = (random.nextLong() >>> 1) % bound;
      assertEquals(map.getOrDefault(id, -1), index.find(id));
      map.putIfAbsent(id, map.size());
      assertEquals(map.get(id), index.add(id));
      assertEquals(id, index.id(map.get(id)));
    }
    assertEquals(map.size(), index.size());
    int[] ascending = index.ascending();
    List<Long> sorted = new ArrayList<>(map.keySet());
    sorted.sort(Comparator.naturalOrder());
    for (int i = 0; i < ascending.length; i++) {
      assertEquals(sorted.get(i), index.id(ascending[i]));
    }
  }

  @Test
  void impressionsAreGroupedStably() {
    Random random = new Random(3);
    Impressions impressions = new Impressions(true);
    List<int[]> rows = new ArrayList<>();
    Path file = Path.of("log.csv");
    for (int i = 0; i < 5_000; i++) {
      int[] row = {random.nextInt(7), random.nextInt(40), random.nextInt(1 << 29), i % 2};
      rows.add(row);
      impressions.add(row[0], row[1], row[2], row[3] == 1, i, file);
    }
    impressions.group(8);
    List<int[]> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.<int[]>comparingInt(r -> r[0]).thenComparingInt(r -> r[1]));
    for (int place = 0; place < sorted.size(); place++) {
      assertEquals(sorted.get(place)[1], impressions.time(place));
      assertEquals(sorted.get(place)[2], impressions.item(place));
      assertEquals(sorted.get(place)[3] == 1, impressions.clicked(place));
      assertEquals(rows.indexOf(sorted.get(place)), impressions.value(place));
    }
    assertEquals(5_000, impressions.start(7));
    assertEquals(impressions.start(7), impressions.start(8), "a user without impressions");
  }

  @Test
  void moreRowsThanTheMemoryHoldsAreRefusedBeforeItIsFull() {
    Impressions impressions = new Impressions(false, 100L << 20);
    assertRefused(
        () -> {
          for (int i = 0; i < 10_000_000; i++) {
            impressions.add(0, i, 0, false, 0, Path.of("log.csv"));
          }
        },
        "log.csv: more than 3,145,728 rows, which is what the memory of 100 MiB holds",
        "-Xmx");
  }
}
