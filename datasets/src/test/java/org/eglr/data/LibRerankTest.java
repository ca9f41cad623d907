package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibRerankTest {

  @TempDir Path folder;

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  @Test
  void readsListsUsersAndItems() throws IOException {
    ListLog log =
        Datasets.libRerank(
            file(
                "data.train",
                "41\t[[5, 6]]\t[[1, 9], [2, 9], [3, 8]]\t[[0.5], [12], [7.25]]\t[0, 1, 0]",
                "42\t[[5, 7]]\t[[2, 9], [4, 8]]\t[[12.0], [1e3]]\t[1, 1]",
                "41\t[[5, 6]]\t[[3, 8], [1, 9]]\t[[7.25], [0.5]]\t[0, 0]"));
    assertEquals("data.train", log.name());
    assertEquals(3, log.size());
    assertArrayEquals(new int[] {0, 1, 0}, new int[] {log.user(0), log.user(1), log.user(2)});
    assertTrue(log.time(0) < log.time(1) && log.time(1) < log.time(2));
    assertArrayEquals(new int[] {0, 1, 2}, Logs.pool(log, 0));
    assertArrayEquals(new int[] {1, 3}, Logs.pool(log, 1));
    assertArrayEquals(new int[] {2, 0}, Logs.pool(log, 2));
    assertArrayEquals(new boolean[] {false, true, false}, Logs.clicks(log, 0));
    assertArrayEquals(new boolean[] {true, true}, Logs.clicks(log, 1));
    assertEquals(2, log.utility(1));
    assertEquals(
        List.of(Field.categorical("profile_0"), Field.categorical("profile_1")),
        log.users().fields());
    assertEquals(
        List.of(Field.categorical("item_0"), Field.categorical("item_1"), Field.dense("dense_0")),
        log.items().fields());
    assertEquals("41", log.users().key(0));
    assertEquals("3", log.items().key(2));
    String[] brands = log.items().categories(Field.categorical("item_1"));
    assertArrayEquals(new String[] {"9", "9", "8", "8"}, brands);
    double[] prices = log.items().values(Field.dense("dense_0"));
    assertArrayEquals(new double[] {0.5, 12, 7.25, 1000}, prices);
    String[] profile = log.users().categories(Field.categorical("profile_1"));
    assertArrayEquals(new String[] {"6", "7"}, profile);
  }

  @Test
  void splitsAreCutToTheFirstItems() throws IOException {
    Path train = file("data.train", "1\t[[1]]\t[[7], [8], [9]]\t[[1], [2], [3]]\t[0, 0, 1]");
    Path valid = file("data.valid", "1\t[[1]]\t[[9], [8]]\t[[3], [2]]\t[1, 0]");
    Path test = file("data.test", "1\t[[1]]\t[[8], [7], [6]]\t[[2], [1], [0]]\t[0, 1, 1]");
    Splits cut = Datasets.libRerankSplits(train, valid, test, 2);
    ListLog log = cut.log();
    assertArrayEquals(new int[] {0, 1}, Logs.pool(log, 0));
    assertArrayEquals(new boolean[] {false, false}, Logs.clicks(log, 0));
    assertArrayEquals(new boolean[] {false, true}, Logs.clicks(log, 2));
    assertEquals(3, log.items().size(), "what was cut off is no item");
    assertEquals(3, Datasets.libRerankSplits(train, valid, test).log().pool(0));
    assertRefused(
        () -> Datasets.libRerankSplits(train, valid, test, 1), "longest(1)", "2 items or more");
  }

  @Test
  void itemsWithOtherNumbersAreItemsOfTheirOwn() throws IOException {
    ListLog log =
        Datasets.libRerank(
            file(
                "data",
                "1\t[[1]]\t[[7, 1], [7, 1], [7, 1]]\t[[2], [3], [2]]\t[1, 0, 0]",
                "1\t[[1]]\t[[7, 1], [7, 2]]\t[[3], [2]]\t[1, 0]"));
    assertArrayEquals(new int[] {0, 1, 2}, Logs.pool(log, 0));
    assertArrayEquals(new int[] {1, 3}, Logs.pool(log, 1));
    String[] keys = {"7", "7#2", "7#3", "7#4"};
    for (int row = 0; row < 4; row++) {
      assertEquals(keys[row], log.items().key(row));
    }
    double[] prices = log.items().values(Field.dense("dense_0"));
    assertArrayEquals(new double[] {2, 3, 2, 2}, prices);
    String[] ids = log.items().categories(Field.categorical("item_0"));
    assertArrayEquals(new String[] {"7", "7", "7", "7"}, ids);
  }

  @Test
  void readsBackRandomListsFromSeveralFiles() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<List<String>> files = List.of(new ArrayList<>(), new ArrayList<>());
      List<int[]> pools = new ArrayList<>();
      List<int[]> labels = new ArrayList<>();
      for (int list = 0; list < 60; list++) {
        int[] pool = Logs.distinct(random, 40, 2 + random.nextInt(9));
        int[] label = random.ints(pool.length, 0, 2).toArray();
        List<String> ids = new ArrayList<>();
        List<String> prices = new ArrayList<>();
        for (int item : pool) {
          ids.add("[" + item + ", " + item % 5 + "]");
          prices.add("[" + item * 1.5 + "]");
        }
        pools.add(pool);
        labels.add(label);
        String line = list + "\t[[" + list % 3 + "]]\t" + ids + "\t" + prices + "\t";
        files.get(list / 30).add(line + Arrays.toString(label));
      }
      Path first = file("first", files.get(0).toArray(String[]::new));
      Path second = file("second", files.get(1).toArray(String[]::new));
      ListLog log = Datasets.libRerank(first, second);
      assertEquals(60, log.size());
      for (int list = 0; list < 60; list++) {
        int[] items =
            Arrays.stream(Logs.pool(log, list))
                .map(row -> Integer.parseInt(log.items().key(row)))
                .toArray();
        assertArrayEquals(pools.get(list), items);
        for (int i = 0; i < items.length; i++) {
          assertEquals(labels.get(list)[i] == 1, log.clicked(list, i));
        }
      }
    }
  }

  @Test
  void splitsFollowTheFiles() throws IOException {
    Path train = file("data.train", "1\t[[1]]\t[[1], [2]]\t[[2], [4]]\t[1, 0]");
    Path valid = file("data.valid", "2\t[[1]]\t[[2], [3]]\t[[4], [5]]\t[1, 0]");
    Path test =
        file(
            "data.test",
            "1\t[[1]]\t[[3], [1]]\t[[5], [2]]\t[1, 0]",
            "3\t[[9]]\t[[3], [2]]\t[[5], [4]]\t[0, 0]");
    Splits splits = Datasets.libRerankSplits(train, valid, test);
    assertEquals(1, splits.train().size());
    assertEquals(1, splits.valid().size());
    assertEquals(2, splits.test().size());
    assertEquals(List.of("1", "2"), splits.schema().itemCategories().get(0).values());
    assertEquals(new Scaling("dense_0", 3, 1), splits.schema().itemValues().get(0));
    assertArrayEquals(new int[] {0, 1}, splits.test().request(0).itemIds());
    assertArrayEquals(new int[] {0}, splits.test().request(1).userIds());
    assertRefused(() -> Datasets.libRerankSplits(train, file("none"), test), "none is empty");
  }

  @Test
  void usersWithOneListEachCanBeSplit() throws IOException {
    String[] lines = new String[50];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = i + "\t[[1]]\t[[1], [2]]\t[[], []]\t[1, 0]";
    }
    Splits splits = Datasets.libRerank(file("data", lines)).split(0.4, 0.5, 0.1);
    assertEquals(20, splits.train().size(), 1);
    assertEquals(25, splits.valid().size(), 1);
    assertEquals(5, splits.test().size(), 1);
  }
}
