package org.eglr.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.eglr.data.Datasets;
import org.eglr.data.KuaiRand;
import org.eglr.data.KuaiRandPart;
import org.eglr.data.TianchiAd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paper's logs cut on Spark, list by list those that one machine cuts. */
class PublishedLogsTest {

  private static final int ROWS = 1_200;
  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = Sparks.start("local[2]");
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** Files in so many parts, lists in so many partitions. */
  private static void partitions(int count) {
    spark.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN"); // many columns, few rows
    spark.conf().set("spark.sql.shuffle.partitions", count);
    spark.conf().set("spark.sql.files.maxPartitionBytes", 40_000L / count);
    spark.conf().set("spark.sql.files.openCostInBytes", 0L);
  }

  private TianchiAd taobao() {
    return Datasets.tianchiAd(folder).notKept();
  }

  private SparkLog taobaoOnSpark() {
    return SparkLog.tianchiAd(spark, folder.toString());
  }

  @Test
  void taobaosLatestWindowsWithAClick() throws IOException {
    int[][] partitions = {{1, 8}, {2}};
    for (int seed = 0; seed < partitions.length; seed++) {
      PublishedFixture.tianchiAd(folder, seed, ROWS);
      List<String> expected = ListTexts.of(taobao().log());
      assertTrue(expected.size() > 30, "too few lists to show anything");
      for (int count : partitions[seed]) {
        partitions(count);
        assertEquals(expected, ListTexts.of(taobaoOnSpark().lists()));
      }
    }
  }

  @Test
  void taobaosWindowsWithOtherOptions() throws IOException {
    PublishedFixture.tianchiAd(folder, 9, ROWS);
    partitions(2);
    assertEquals(
        ListTexts.of(taobao().longest(3).listsPerUser(4).minImpressions(20).withUnclicked().log()),
        ListTexts.of(
            taobaoOnSpark().longest(3).listsPerUser(4).minImpressions(20).withUnclicked().lists()));
  }

  @Test
  void kuaishousConsecutiveVideosWithoutRareOnes() throws IOException {
    for (int partitions : new int[] {2, 8}) {
      PublishedFixture.kuaiRand(folder, partitions, ROWS);
      KuaiRand one = Datasets.kuaiRand(folder).notKept().length(4).minOccurrences(25);
      List<String> expected = ListTexts.of(one.log());
      assertTrue(expected.size() > 30, "too few lists to show anything");
      partitions(partitions);
      SparkLog log =
          SparkLog.kuaiRand(
              spark,
              folder.toString(),
              "1k",
              KuaiRandPart.STANDARD_LATE,
              KuaiRandPart.STANDARD_EARLY);
      assertEquals(expected, ListTexts.of(log.consecutive(4).minOccurrences(25).lists()));
    }
  }
}
