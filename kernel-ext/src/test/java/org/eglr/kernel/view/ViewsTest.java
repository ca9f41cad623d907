package org.eglr.kernel.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.eglr.Eglr;
import org.eglr.kernel.Samples;
import org.eglr.metrics.Comparison;
import org.eglr.metrics.Metric;
import org.eglr.metrics.Report;
import org.eglr.train.TrainingLog;
import org.junit.jupiter.api.Test;

class ViewsTest {

  private static final Report PLAIN =
      new Report("initial", 50, List.of(new Metric("NDCG@10", 0.68412, 0.0043)), Optional.empty());
  private static final Report EGLR =
      new Report(
          "EGLR",
          50,
          List.of(new Metric("NDCG@10", 0.7312, 0.004), new Metric("true DCG", 1.5, Double.NaN)),
          Optional.of(Samples.profile()));

  @Test
  void aReportShowsMeansWithErrorsAndReasoning() {
    String text = ReportView.of(EGLR).plain();
    assertTrue(text.contains("EGLR on 50 lists"), text);
    assertTrue(text.contains("0.7312 ± 0.0078"), text);
    assertTrue(text.contains("reasoning steps per list  "), text);
  }

  @Test
  void aComparisonHasAColumnPerRerankerAndADashForWhatIsMissing() {
    List<String> lines =
        ReportView.of(new Comparison(List.of(PLAIN, EGLR))).plain().lines().toList();
    assertTrue(lines.get(1).matches("metric +initial +EGLR"), lines.get(1));
    assertTrue(lines.get(2).matches("NDCG@10 +0.6841 ± 0.0084 +0.7312 ± 0.0078"), lines.get(2));
    assertTrue(lines.get(3).matches("true DCG +– +1.500"), lines.get(3));
  }

  @Test
  void aTrainingLogShowsFirstLastAndKept() {
    String text = TrainingView.of(Samples.grpo(50, false)).plain();
    assertTrue(text.contains("generator (GRPO): 50 steps in 5.0 s"), text);
    assertTrue(text.contains("the weights after step 50"), text);
  }

  @Test
  void anInterruptedLogSaysSoInOneLine() {
    String text = TrainingView.of(Samples.grpo(60, true)).plain();
    assertTrue(
        text.contains("Stopped by hand after step 60; kept: the weights after step 50"), text);
  }

  @Test
  void aRunWithoutStepsOrValidationsIsShownToo() {
    var none = new TrainingLog("grpo", List.of(), List.of(), true, 0);
    assertTrue(TrainingView.of(none).plain().contains("no step was taken"));
    var log = Samples.grpo(10, false);
    assertTrue(TrainingView.of(log).plain().contains("Kept: the last weights"));
  }

  @Test
  void aRankingNamesItemsAndHesitation() {
    String text = RankingView.of(Samples.ranking(), candidate -> candidate == 0).plain();
    assertTrue(text.contains("2 of 5 candidates; evaluator score 1.230"), text);
    assertTrue(
        text.lines().anyMatch(l -> l.matches(" +1 +Film <\\d+> +0.8000 +1.500 +0.7000 +1 +3")),
        text);
    assertTrue(text.lines().anyMatch(l -> l.matches(" +2 +Film <\\d+> +0.3000 .* +1 +yes")), text);
  }

  @Test
  void aTraceShowsWhatReasoningAttendedTo() {
    List<String> lines = TraceView.of(Samples.ranking().trace()).plain().lines().toList();
    assertEquals("How the list was made; reasoning steps: 1", lines.get(0));
    String reasons = "1 +reasons +1.500 → 0.7000 +#3 40.0 %, #4 30.0 %, #2 20.0 %";
    assertTrue(lines.get(2).matches(reasons), lines.get(2));
    String chooses = " +chooses #3 +0.7000 +#3 70.0 %, #2 15.0 %, #4 10.0 %";
    assertTrue(lines.get(3).matches(chooses), lines.get(3));
    assertTrue(lines.get(4).matches("2 +chooses #1 +1.300 +#1 60.0 %.*"), lines.get(4));
    assertTrue(TraceView.of(Samples.ranking()).html().contains("Film &lt;"));
  }

  @Test
  void aProfileHasARowPerPosition() {
    List<String> lines = ProfileView.of(Samples.profile()).plain().lines().toList();
    assertEquals(1 + 1 + 5 + 1, lines.size());
    assertTrue(lines.get(3).matches(" +2 +1.900 +1.100 +1 +0.7000 +1.700"), lines.get(3));
    assertTrue(lines.get(7).contains("3.400 reasoning steps per list"), lines.get(7));
  }

  @Test
  void settingsMarkWhatIsNotTheDefault() {
    var settings =
        Eglr.builder(Samples.data().schema()).width(32).reasoning(r -> r.maxSteps(5)).settings();
    String text = SettingsView.of(settings).plain();
    assertTrue(text.lines().anyMatch(l -> l.matches("width +32 +default: 64 .*")), text);
    assertTrue(text.lines().anyMatch(l -> l.matches("heads +4 +default .*")), text);
    assertTrue(text.lines().anyMatch(l -> l.matches("maxSteps +5 +default: 2 .*")), text);
  }

  @Test
  void everySettingHasAMeaning() {
    var settings = Eglr.builder(Samples.data().schema()).settings();
    SettingsView.of(settings)
        .plain()
        .lines()
        .skip(2)
        .forEach(line -> assertTrue(line.split(" {2,}").length == 4, line));
  }

  @Test
  void dataShowTheirPartsAndTheFirstList() {
    var data = Samples.data();
    String text = DataView.of(data).plain();
    assertTrue(text.contains("sample: users 12 (taste); items 30 (kind)"), text);
    assertTrue(text.lines().anyMatch(l -> l.matches("training +96 +5 +5 +\\d.*%.*")), text);
    assertTrue(DataView.firstList(data.train()).plain().contains("Film <"));
  }

  @Test
  void aRequestShowsItsCandidates() {
    String text = DataView.of(Samples.data().test().request(0).withLength(3)).plain();
    assertTrue(text.startsWith("Request for 3 of 5 candidates"), text);
    assertEquals(1 + 1 + 5, text.lines().count());
  }

  @Test
  void arraysShowTheirCorner() {
    String text = ArrayView.of(new double[100][3]).plain();
    assertTrue(text.startsWith("double[100][]"), text);
    assertTrue(text.contains("the first rows and columns of 100 × 3"), text);
    assertEquals(
        "float[2]\n   0       1\n0  1  0.5000", ArrayView.of(new float[] {1, .5f}).plain());
  }
}
