package org.eglr.data.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.eglr.data.Entities;
import org.eglr.data.Field;
import org.eglr.data.FieldKind;
import org.eglr.data.ListLog;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTest {

  /** Checksums of logs as first made: any platform and any Java version must give the same. */
  @ParameterizedTest
  @CsvSource({
    "ad, 39bd393",
    "kuairand, b937d554",
    "misleading, fce617bd",
    "alike, ef137ea9",
    "prices, f736da12",
    "together, a69c104b"
  })
  void aSeedGivesTheSameLogEverywhere(String preset, String checksum) {
    ListLog log = Simulator.preset(preset).lists(500).listLength(5, 10).seed(11).log();
    assertEquals(checksum, checksum(log));
  }

  @Test
  void everySeedGivesAnotherLog() {
    TreeSet<String> checksums = new TreeSet<>();
    for (long seed = -20; seed < 20; seed++) {
      checksums.add(checksum(Simulator.adLike().lists(50).seed(seed).log()));
    }
    assertEquals(40, checksums.size());
  }

  @Test
  void aLongerLogStartsWithTheListsOfAShorterOne() {
    ListLog log = Simulator.kuaiRandLike().lists(100).listLength(4, 9).pool(12).log();
    ListLog longer = Simulator.kuaiRandLike().lists(300).listLength(4, 9).pool(12).log();
    for (int list = 0; list < log.size(); list++) {
      assertEquals(describe(log, list), describe(longer, list));
    }
  }

  @Test
  void policySettingsLeaveTheWorldAsItIs() {
    ListLog log = Simulator.misleading().lists(10).log();
    ListLog explored = Simulator.misleading().exploration(0.8).pool(15).lists(20).log();
    for (int list = 0; list < log.size(); list++) {
      int[] shown = Worlds.shown(log, list);
      int user = log.user(list);
      assertArrayEquals(
          Worlds.truth(log).clickProbabilities(user, shown),
          Worlds.truth(explored).clickProbabilities(user, shown));
    }
    assertEquals(describe(log.items()), describe(explored.items()));
  }

  @Test
  void listsHaveTheLengthsAndPoolsAskedFor() {
    for (long seed = 0; seed < 10; seed++) {
      ListLog log = Simulator.adLike().lists(400).listLength(3, 8).pool(20).seed(seed).log();
      TreeSet<Integer> lengths = new TreeSet<>();
      for (int list = 0; list < log.size(); list++) {
        lengths.add(log.length(list));
        assertEquals(20, log.pool(list));
        TreeSet<Integer> distinct = new TreeSet<>();
        int clicks = 0;
        for (int i = 0; i < log.pool(list); i++) {
          distinct.add(log.candidate(list, i));
          assertFalse(i >= log.length(list) && log.clicked(list, i), "clicked but not shown");
          clicks += log.clicked(list, i) ? 1 : 0;
        }
        assertEquals(20, distinct.size());
        assertEquals(clicks, log.utility(list));
        assertEquals(list, log.time(list));
      }
      assertEquals("[3, 4, 5, 6, 7, 8]", lengths.toString());
    }
    ListLog shownOnly = Simulator.adLike().lists(100).listLength(3, 8).log();
    for (int list = 0; list < shownOnly.size(); list++) {
      assertEquals(shownOnly.length(list), shownOnly.pool(list));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1.0, 1.0", "0.5, 0.6, 0.95", "1, 0.45, 0.55"})
  void explorationLoosensTheOrderByPopularity(double exploration, double least, double most) {
    // Items 0 and 1 alone: how often does the one usually shown first stand first?
    for (long seed = 0; seed < 10; seed++) {
      ListLog log =
          Simulator.adLike()
              .items(2)
              .listLength(2)
              .lists(2_000)
              .exploration(exploration)
              .seed(seed)
              .log();
      int first = 0;
      for (int list = 0; list < log.size(); list++) {
        first += log.candidate(list, 0) == 0 ? 1 : 0;
      }
      double share = Math.max(first, log.size() - first) / (double) log.size();
      assertTrue(share >= least && share <= most, "seed " + seed + ": " + share);
    }
  }

  @Test
  void presetsHaveCategoricalAndDenseFields() {
    assertEquals("[segment, age, gender, spending]", names(Simulator.adLike(), true));
    assertEquals("[adgroup, cate, brand, price, rating]", names(Simulator.adLike(), false));
    assertEquals(
        "[interest_group, active_degree, is_video_author, watch_time]",
        names(Simulator.kuaiRandLike(), true));
    assertEquals(
        "[video, tag, author, duration, completion]", names(Simulator.kuaiRandLike(), false));
    assertEquals(names(Simulator.adLike(), false), names(Simulator.misleading(), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ad", "kuairand", "misleading", "alike", "prices", "together"})
  void logsCanBeSplitAndEncoded(String preset) {
    Splits splits = Simulator.preset(preset).lists(3_000).log().split(0.8, 0.1, 0.1);
    assertEquals(3_000, splits.train().size() + splits.valid().size() + splits.test().size());
    assertEquals(3, splits.schema().userCategories().size());
    assertEquals(1, splits.schema().userValues().size());
    assertEquals(3, splits.schema().itemCategories().size());
    assertEquals(2, splits.schema().itemValues().size());
    Request request = splits.test().request(0);
    assertTrue(Arrays.stream(request.itemIds()).allMatch(id -> id > 0), "unknown ids");
    double[] p = splits.test().trueClickProbabilities(0, new int[] {3, 1, 2}).orElseThrow();
    assertEquals(3, p.length);
  }

  @Test
  void namesAreThoseOfThePresets() {
    assertEquals(checksum(Simulator.adLike().log()), checksum(Simulator.preset("ad").log()));
    assertEquals(
        checksum(Simulator.kuaiRandLike().log()), checksum(Simulator.preset("kuairand").log()));
    assertEquals(
        checksum(Simulator.misleading().log()), checksum(Simulator.preset("misleading").log()));
    assertEquals("simulated 'ad', seed 3", Simulator.adLike().lists(1).seed(3).log().name());
    assertNotEquals(checksum(Simulator.adLike().log()), checksum(Simulator.misleading().log()));
  }

  private static String names(Simulator simulator, boolean users) {
    ListLog log = simulator.lists(1).log();
    return (users ? log.users() : log.items()).fields().stream().map(Field::name).toList() + "";
  }

  private static String checksum(ListLog log) {
    CRC32 crc = new CRC32();
    for (int list = 0; list < log.size(); list++) {
      crc.update(describe(log, list).getBytes(StandardCharsets.UTF_8));
    }
    crc.update((describe(log.users()) + describe(log.items())).getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  private static String describe(Entities entities) {
    StringBuilder text = new StringBuilder();
    for (Field field : entities.fields()) {
      text.append(field.name());
      text.append(
          field.kind() == FieldKind.CATEGORICAL
              ? Arrays.toString(entities.categories(field))
              : Arrays.toString(
                  Arrays.stream(entities.values(field))
                      .mapToLong(Double::doubleToLongBits)
                      .toArray()));
    }
    for (int row = 0; row < entities.size(); row++) {
      text.append(entities.key(row)).append(entities.label(row));
    }
    return text.toString();
  }

  private static String describe(ListLog log, int list) {
    StringBuilder text = new StringBuilder("user " + log.user(list) + ":");
    for (int i = 0; i < log.pool(list); i++) {
      text.append(' ').append(log.candidate(list, i)).append(log.clicked(list, i) ? "!" : "");
    }
    for (double p : Worlds.truth(log).clickProbabilities(log.user(list), Worlds.shown(log, list))) {
      text.append(' ').append(Double.doubleToLongBits(p));
    }
    return text.toString();
  }
}
