package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptListsTest {

  private static final FileTime TIME = FileTime.fromMillis(1_600_000_000_000L);

  @TempDir private Path folder;
  private Path kept;
  private final List<LogProgress> told = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    kept = folder.resolve("kept");
    write(TianchiAdFixture.SAMPLES, TIME);
  }

  private void write(String samples, FileTime time) throws IOException {
    TianchiAdFixture.write(folder, samples, TianchiAdFixture.ADS, TianchiAdFixture.USERS);
    for (String name : List.of("raw_sample.csv", "ad_feature.csv", "user_profile.csv")) {
      Files.setLastModifiedTime(folder.resolve(name), time);
    }
  }

  private TianchiAd log() {
    return Datasets.tianchiAd(folder).keptIn(kept).progress(told::add);
  }

  private List<Path> keptFiles() throws IOException {
    try (Stream<Path> files = Files.list(kept)) {
      return files.toList();
    }
  }

  private static List<String> text(ListLog log) {
    List<String> text = new ArrayList<>(TianchiAdTest.lists(log));
    text.add(log.name() + log.warnings());
    text.add(log.users().toTable().print(100) + log.items().toTable().print(100));
    for (int list = 0; list < log.size(); list++) {
      text.add(log.time(list) + " " + log.utility(list));
    }
    return text;
  }

  @Test
  void listsAreReadFromWhereTheyWereKept() throws IOException {
    ListLog first = log().log();
    assertEquals(1, keptFiles().size());
    told.clear();
    // Other contents, which a reader of the size and the time cannot know of.
    write(TianchiAdFixture.SAMPLES.replace("\n9,", "\n6,"), TIME);
    assertEquals(text(first), text(log().log()));
    assertTrue(told.isEmpty(), "nothing was cut");
  }

  @Test
  void anotherTimeOrSizeIsAnotherLog() throws IOException {
    log().log();
    String other = TianchiAdFixture.SAMPLES.replace("\n9,", "\n6,");
    write(other, FileTime.fromMillis(TIME.toMillis() + 1));
    assertEquals(List.of("6: 1* 2*", "7: 2 1 4* 3"), TianchiAdTest.lists(log().log()));
    write(other.replace("\n6,", "\n66,"), FileTime.fromMillis(TIME.toMillis() + 1));
    assertEquals(List.of("7: 2 1 4* 3", "66: 1* 2*"), TianchiAdTest.lists(log().log()));
    assertEquals(1, keptFiles().size(), "the new lists take the old ones' place");
  }

  @Test
  void otherOptionsAreKeptBeside() throws IOException {
    log().log();
    assertEquals(List.of("7: 2 1", "9: 1* 2*"), TianchiAdTest.lists(log().longest(2).log()));
    assertEquals(2, keptFiles().size());
    assertEquals(List.of("7: 2 1 4* 3", "9: 1* 2*"), TianchiAdTest.lists(log().log()));
  }

  @Test
  void aDamagedFileIsCutAnew() throws IOException {
    ListLog first = log().log();
    Path file = keptFiles().get(0);
    byte[] whole = Files.readAllBytes(file);
    for (int at : new int[] {0, 5, 40, whole.length / 2, whole.length - 1}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      Files.write(file, damaged);
      told.clear();
      assertEquals(text(first), text(log().log()));
      assertFalse(told.isEmpty(), "byte " + at);
      assertEquals(-1, java.util.Arrays.mismatch(whole, Files.readAllBytes(file)));
    }
    for (int length : new int[] {0, 7, 8, 100, whole.length - 1}) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      told.clear();
      assertEquals(text(first), text(log().log()));
      assertFalse(told.isEmpty(), "cut to " + length);
    }
  }

  @Test
  void aStopLeavesNothingAndTheNextCallBegins() throws IOException {
    TianchiAd stopped =
        log().progress(at -> Thread.currentThread().interrupt()); // in the first file
    try {
      assertRefused(stopped::log, ".csv: the reading was stopped; nothing of it is kept");
    } finally {
      assertTrue(Thread.interrupted(), "the interrupt is still set");
    }
    assertFalse(Files.exists(kept));
    assertEquals(2, log().log().size());
  }

  @Test
  void remainsOfAnEndedRunAreRemoved() throws IOException {
    Files.createDirectories(kept);
    Path old = Files.writeString(kept.resolve("a.lists1.unfinished"), "x");
    Path running = Files.writeString(kept.resolve("b.lists2.unfinished"), "x");
    Path others = Files.writeString(kept.resolve("notes.txt"), "x");
    Files.setLastModifiedTime(old, TIME);
    Files.setLastModifiedTime(others, TIME);
    log().log();
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(running), "another process may be writing it");
    assertTrue(Files.exists(others));
    assertEquals(3, keptFiles().size());
  }

  @Test
  void aFolderThatCannotBeWrittenHarmsNothing() throws IOException {
    kept = Files.writeString(folder.resolve("taken"), "x").resolve("kept");
    assertEquals(2, log().log().size());
    assertTrue(told.get(told.size() - 1).what().startsWith("the lists are not kept: "));
  }

  @Test
  void progressIsTold() {
    log().log();
    for (int i = 1; i < told.size(); i++) {
      assertTrue(told.get(i).share() >= told.get(i - 1).share());
      assertTrue(told.get(i).rows() >= told.get(i - 1).rows());
    }
    LogProgress last = told.get(told.size() - 1);
    assertEquals(1, last.share());
    assertEquals(14 + 5 + 2, last.rows());
    assertTrue(last.pace() > 0);
    assertEquals(0, last.secondsLeft());
    assertTrue(told.stream().anyMatch(at -> at.what().equals("cutting lists")));
    assertTrue(told.stream().anyMatch(at -> at.what().equals("ad_feature.csv")));
  }
}
