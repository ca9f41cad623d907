package org.eglr.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eglr.Engine;
import org.eglr.internal.samediff.Calls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark's order and time; what it measures is nobody's promise. */
class GpuBenchmarkTest {

  @TempDir private Path folder;

  private static BenchPlan small(double seconds) {
    return new BenchPlan(new int[] {8}, new int[] {10}, new int[] {8, 16}, seconds);
  }

  @Test
  void both_engines_are_measured_and_each_result_is_told() throws IOException {
    List<String> told = new ArrayList<>();
    List<BenchCell> cells =
        new GpuBenchmark(
                small(600),
                (cell, engine, all) ->
                    told.add("%s %d %s".formatted(cell.work(), cell.lists(), engine)))
            .run();
    for (BenchCell cell : cells) {
      assertEquals(Map.of(), cell.notes());
      assertTrue(cell.milliseconds().get("JAVA") > 0);
      assertTrue(cell.milliseconds().get("SAMEDIFF") > 0);
    }
    assertEquals(
        List.of(
            "GRPO step 8 SAMEDIFF",
            "GRPO step 16 SAMEDIFF",
            "GRPO step 8 JAVA",
            "GRPO step 16 JAVA",
            "generation 8 SAMEDIFF",
            "generation 16 SAMEDIFF",
            "generation 8 JAVA",
            "generation 16 JAVA"),
        told);
  }

  @Test
  void what_is_left_out_says_why() throws IOException {
    for (BenchCell cell : new GpuBenchmark(small(0), (tried, engine, all) -> {}).run()) {
      assertEquals(Map.of("JAVA", "no time", "SAMEDIFF", "no time"), cell.notes());
      assertEquals(Map.of(), cell.milliseconds());
    }
    // A model of width 9 is refused; no larger batch is tried with it.
    BenchPlan refused = new BenchPlan(new int[] {9}, new int[] {10}, new int[] {8, 16}, 600);
    List<Integer> tries = new ArrayList<>();
    for (BenchCell cell :
        new GpuBenchmark(refused, (tried, engine, all) -> tries.add(tried.lists())).run()) {
      assertTrue(
          cell.notes().get("JAVA").startsWith("failed: IllegalArgumentException: setting 'width'"),
          cell.notes().toString());
    }
    assertEquals(List.of(8, 8, 8, 8), tries);
  }

  @Test
  void the_marks_rows_come_first_and_have_a_quarter_of_the_time_each() {
    BenchPlan plan = BenchPlan.named("full", 200);
    List<BenchPlan.Row> rows = plan.rows();
    assertEquals(18, rows.size());
    assertEquals(new BenchPlan.Row("GRPO step", 512, 10), rows.get(0));
    assertEquals(new BenchPlan.Row("generation", 512, 10), rows.get(1));
    assertEquals(new BenchPlan.Row("GRPO step", 64, 10), rows.get(2));
    assertTrue(BenchPlan.isMark(BenchCell.empty(rows.get(1), 16_384)));
    assertFalse(BenchPlan.isMark(BenchCell.empty(rows.get(1), 4096)));
    assertFalse(BenchPlan.isMark(BenchCell.empty(rows.get(2), 16_384)));
    assertEquals(50, plan.share(rows.get(1), 17, 70));
    assertEquals((200 - 120) / 16.0, plan.share(rows.get(2), 16, 120));
    var error = assertThrows(IllegalArgumentException.class, () -> BenchPlan.named("big", 1));
    assertEquals("benchmark 'big'; allowed: full, quick, none", error.getMessage());
  }

  @Test
  void a_steps_profile_has_its_operations_and_their_time_is_within_its_own() {
    BenchBatch.Size size = BenchPlan.named("quick", 1).profiled().orElseThrow();
    assertEquals(new BenchBatch.Size(16, 10, 128), size);
    assertEquals(
        new BenchBatch.Size(512, 10, 16_384), BenchPlan.named("full", 1).profiled().orElseThrow());
    assertTrue(BenchPlan.named("none", 1).profiled().isEmpty());
    try (BenchBatch batch = new BenchBatch(Engine.SAMEDIFF, size)) {
      System.setProperty(Calls.PROPERTY, "large"); // one caller, so that times do not overlap
      StepProfile profile = batch.profile();
      double sum = profile.operations().stream().mapToDouble(r -> r.milliseconds()).sum();
      assertTrue(sum > 0 && sum <= profile.milliseconds(), sum + " of " + profile.milliseconds());
      assertTrue(profile.operations().stream().anyMatch(r -> r.operation().equals("matmul")));
    } finally {
      System.clearProperty(Calls.PROPERTY);
    }
  }

  @Test
  void a_fixed_cost_and_one_per_list_are_extrapolated() {
    Extrapolation expected = new Extrapolation();
    assertEquals(0, expected.at(10));
    expected.add(10, 3);
    assertEquals(3, expected.at(40), "nothing is known of the cost per list");
    expected.add(40, 6);
    assertEquals(6 + 0.1 * 120, expected.at(160), 1e-12);
    expected.add(160, 5);
    assertEquals(5, expected.at(640), "larger batches do not take less");
  }

  @Test
  void the_report_says_what_another_program_needs_to_measure_the_same() throws IOException {
    Path file = folder.resolve("report.json");
    CheckReport report = new CheckReport(file, Map.of());
    BenchCell cell = BenchCell.empty(new BenchPlan.Row("GRPO step", 64, 10), 256);
    cell.milliseconds().put("SAMEDIFF", 2.5);
    cell.notes().put("JAVA", "failed: why");
    report.benchmark(List.of(cell));
    JsonNode read = new ObjectMapper().readTree(file.toFile());
    assertEquals(8, read.get("workload").get("group").asInt());
    assertEquals(16_384, read.get("mark").get("lists").asInt());
    JsonNode row = read.get("benchmark").get(0);
    assertEquals("GRPO step", row.get("work").asText());
    assertEquals(256, row.get("lists").asInt());
    assertEquals(2.5, row.get("milliseconds").get("SAMEDIFF").asDouble());
    assertEquals("failed: why", row.get("notes").get("JAVA").asText());
  }
}
