package org.eglr.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.samediff.Gpu;
import org.eglr.metrics.Metric;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check itself: it passes on a backend that computes rightly, and it can fail. */
class GpuCheckTest {

  @TempDir private Path folder;

  @AfterEach
  void callsAsUsual() {
    System.clearProperty(Calls.PROPERTY);
  }

  @Test
  void operations_pass_on_this_backend() {
    assertAllRight(new SmokeTest().run());
  }

  /** Large calls are those of a GPU. */
  @ParameterizedTest
  @ValueSource(strings = {"small", "large"})
  void graphs_pass_on_this_backend(String calls) {
    System.setProperty(Calls.PROPERTY, calls);
    assertAllRight(GraphParity.run(16));
    assertAllRight(GraphParity.ofPools(40, 300));
  }

  @Test
  void large_batches_pass_on_this_backend_and_a_lost_part_is_seen() {
    List<Check> checks = new ScaleParity(16, 64).run();
    assertEquals(4, checks.size());
    checks.forEach(check -> assertTrue(check.ok(), check.toString()));
    Map<String, double[]> all = Map.of("a", new double[] {1, 2}, "b", new double[] {0.1});
    Map<String, double[]> lost = Map.of("a", new double[] {1, 2}, "b", new double[] {0.05});
    Check worst = Check.worst("x", all, lost, 0.01);
    assertFalse(worst.ok());
    assertEquals("worst: b", worst.note());
    assertFalse(Check.worst("x", all, Map.of("a", new double[2]), 0.01).ok());
  }

  private static void assertAllRight(List<Check> checks) {
    assertTrue(checks.size() >= 10, checks.size() + " checks");
    checks.forEach(check -> assertTrue(check.ok(), check.toString()));
  }

  @Test
  void deviations_are_measured_by_the_largest_value() {
    Check check = Check.close("x", new double[] {1, -4}, new double[] {1, -4.2}, 0.06);
    assertEquals(0.05, check.error(), 1e-12);
    assertTrue(check.ok());
    assertFalse(Check.close("x", new double[] {1, -4}, new double[] {1.3, -4}, 0.06).ok());
    assertFalse(Check.close("x", new double[] {1}, new double[] {Double.NaN}, 1).ok());
    assertFalse(Check.close("x", new double[] {1, 2}, new double[] {1, Double.NaN}, 1).ok());
    assertFalse(Check.close("x", new double[2], new double[3], 1).ok());
    assertFalse(Check.failed("x", new OutOfMemoryError()).ok());
  }

  @Test
  void lists_that_part_ways_must_be_few() {
    Trajectory list = list(0.5, 0, 1);
    assertTrue(
        DecodedLists.compare(List.of(list), List.of(list), 1e-3).stream().allMatch(Check::ok));
    assertFalse(DecodedLists.compare(List.of(list), List.of(list(0.5, 1, 0)), 1e-3).get(0).ok());
    List<Check> entropy = DecodedLists.compare(List.of(list), List.of(list(0.6, 0, 1)), 1e-3);
    assertTrue(entropy.get(0).ok());
    assertFalse(entropy.get(1).ok(), "another entropy after a reasoning token");
  }

  private static Trajectory list(double entropyAfter, int... order) {
    double[] before = {0.9, 0};
    double[] after = {entropyAfter, 0};
    return new Trajectory(order, new int[] {1, 0}, new float[0], before, after, -0.7);
  }

  @Test
  void metrics_must_agree_within_two_standard_errors() {
    Metric metric = new Metric("NDCG@10", 0.5, 0.03);
    assertTrue(TrainingParity.compare("x", metric, new Metric("x", 0.59, 0.04)).ok());
    assertFalse(TrainingParity.compare("x", metric, new Metric("x", 0.61, 0.04)).ok());
    assertFalse(TrainingParity.compare("x", metric, new Metric("x", Double.NaN, 0.04)).ok());
  }

  @Test
  void the_report_is_there_after_every_part() throws IOException {
    Path file = folder.resolve("report.json");
    CheckReport report = new CheckReport(file, Map.of("card", "a card"));
    report.part("one", 1.5, List.of(new Check("fine", 0, 1, "")));
    JsonNode read = new ObjectMapper().readTree(file.toFile());
    assertFalse(read.get("finished").asBoolean());
    assertFalse(read.get("ok").asBoolean(), "what has not finished is not right");
    report.part("two", 1, List.of(Check.failed("broken", new IllegalStateException("why"))));
    report.finish();
    read = new ObjectMapper().readTree(file.toFile());
    assertTrue(read.get("finished").asBoolean());
    assertFalse(read.get("ok").asBoolean());
    JsonNode broken = read.get("parts").get(1).get("checks").get(0);
    assertTrue(broken.get("error").isNull());
    assertTrue(broken.get("note").asText().contains("why"));
    assertEquals("a card", read.get("machine").get("card").asText());
  }

  @Test
  void without_a_gpu_it_says_so_and_writes_nothing() throws Exception {
    if (Gpu.here().usable()) {
      return;
    }
    Path file = folder.resolve("none.json");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                GpuCheck.class.getName(),
                file.toString(),
                "gpu",
                "none",
                "1")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, process.waitFor(), said);
    assertEquals(
        List.of("No GPU is used: " + Gpu.here().found(), "Remedy: " + Gpu.here().remedy()),
        said.lines().toList());
    assertFalse(Files.exists(file));
  }
}
