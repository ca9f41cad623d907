package org.eglr.kernel.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eglr.Eglr;
import org.eglr.Engine;
import org.eglr.Ranking;
import org.eglr.data.Request;
import org.eglr.decode.Decision;
import org.eglr.decode.Trace;
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
    var pool = LoggedPool.whole(Samples.ranking().request(), candidate -> candidate == 0);
    String text = RankingView.of(Samples.ranking(), pool).plain();
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
    String first = " +1 +1.500 → 0.7000 +#3 40 % +#3 70 % +#2 15 %, #4 10 %";
    assertTrue(lines.get(2).matches(first), lines.get(2));
    assertTrue(lines.get(3).matches(" +2 +1.300 +#1 60 % +#2 30 %, #4 10 %"), lines.get(3));
    assertEquals(4, lines.size(), "a row a position");
    String html = TraceView.of(Samples.ranking()).html();
    assertTrue(html.contains("Film &lt;"), html);
    assertTrue(html.contains("title=\"token 1: Film &lt;"), html);
  }

  @Test
  void tokensInARowThatAttendToTheSameAreToldTogether() {
    float[][] attention = {{.2f, .8f}, {.1f, .9f}, {0, 1}, {.7f, .3f}};
    String text = trace(new double[] {3, 2.5, 2, 1.5, 1}, attention);
    assertTrue(text.contains("#2 80 → 100 %, #1 70 %"), text);
    assertTrue(text.contains("3 → 2.500 → 2 → … → 1"), text);
  }

  @Test
  void aTraceWithoutAttentionHasNoColumnForIt() {
    String steady = trace(new double[] {1, 1, 1}, new float[][] {{1, 0}, {1, 0}});
    assertTrue(steady.contains("  #1 100 %  "), steady);
    assertFalse(trace(new double[] {1, .5}, new float[0][]).contains("attend"));
    assertTrue(trace(new double[] {1, .5}, new float[][] {{1, 0}}).contains("attend"));
    String strange = trace(new double[] {1, .5}, new float[][] {{Float.NaN, 0}});
    assertTrue(strange.contains("#1 50 %"), strange);
  }

  private static String trace(double[] entropy, float[][] attention) {
    var decision = new Decision(0, 0, 2, entropy, attention, new float[] {.5f, .5f});
    return TraceView.of(new Trace(List.of(decision))).plain();
  }

  @Test
  void aBeamMarksTheListThatTheEvaluatorLikesBest() {
    Ranking one = Samples.ranking();
    Ranking two =
        new Ranking(one.request(), new int[] {0, 2}, one.clickProbabilities(), 1.5, one.trace());
    var pool = new LoggedPool(one.request(), new int[] {4, 5, 6, 7, 8}, candidate -> false);
    List<String> lines = BeamView.of(List.of(one, two), pool).plain().lines().toList();
    assertEquals("Beam search: 2 lists, the most probable first", lines.get(0));
    double probability = Math.log(.7f) + Math.log(.6f);
    String shown = Numbers.show(probability);
    assertTrue(lines.get(2).matches("1 +" + shown + " +1.230 +7, 5"), lines.get(2));
    assertTrue(lines.get(3).matches("2 +" + shown + " +1.500 +best +5, 7"), lines.get(3));
    String named = BeamView.of(new Ranking[] {one}).plain();
    assertTrue(named.endsWith("best  " + String.join(", ", one.labels())), named);
    assertEquals("Beam search: no lists", BeamView.of(new Ranking[0]).plain());
    assertSame(two, BeamView.best(List.of(one, two)));
    assertSame(one, BeamView.best(List.of(one, one, one)));
  }

  @Test
  void ofAWideBeamTheFirstListsAndTheBestAreShown() {
    Ranking one = Samples.ranking();
    List<Ranking> found = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      found.add(
          new Ranking(one.request(), one.order(), one.clickProbabilities(), i % 40, one.trace()));
    }
    var pool = LoggedPool.whole(one.request(), candidate -> false);
    List<String> lines = BeamView.of(found, pool).plain().lines().toList();
    assertEquals(2 + 20 + 1 + 1, lines.size());
    assertTrue(lines.get(22).matches("40 +.* 39 +best +3, 1"), lines.get(22));
    assertEquals("the first 20, and the one that scores best", lines.get(23));
  }

  @Test
  void aNarrowedPoolTellsWhoWasLeftOut() {
    Ranking ranking = Samples.ranking(); // Its candidates 3 and 1 are 5 and 1 of the pool.
    Request whole = ranking.request();
    int[] kept = {0, 2, 4};
    Ranking narrowed =
        new Ranking(
            whole.withCandidates(kept).withLength(2),
            new int[] {2, 0},
            ranking.clickProbabilities(),
            1,
            ranking.trace());
    var pool = new LoggedPool(whole, kept, candidate -> candidate == 4);
    List<String> lines = RankingView.pool(narrowed, pool).plain().lines().toList();
    assertEquals("The pool: 5 candidates, 3 of them preselected", lines.get(0));
    assertTrue(lines.get(2).matches(" +1 +Film <\\d+> +2"), lines.get(2));
    assertTrue(lines.get(3).matches(" +2 +Film <\\d+> +not preselected"), lines.get(3));
    assertTrue(lines.get(4).matches(" +3 +Film <\\d+> +–"), lines.get(4));
    assertTrue(lines.get(6).matches(" +5 +Film <\\d+> +yes +1"), lines.get(6));
    String list = RankingView.of(narrowed, pool).plain();
    assertTrue(list.lines().anyMatch(l -> l.matches(" +1 +Film .* +5 +yes")), list);
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
  void aModelNamesItsEngine() {
    var builder = Eglr.builder(Samples.data().schema());
    String text = SettingsView.of(builder.build()).plain();
    assertTrue(text.lines().anyMatch(l -> l.matches("engine +JAVA +default .*CPU.*")), text);
    String other = SettingsView.of(builder.engine(Engine.SAMEDIFF).build()).plain();
    assertTrue(other.lines().anyMatch(l -> l.matches("engine +SAMEDIFF +default: JAVA .*")), other);
  }

  @Test
  void everySettingHasAMeaning() {
    var model = Eglr.builder(Samples.data().schema()).build();
    List<String> lines = SettingsView.of(model).plain().lines().toList();
    lines.stream()
        .limit(lines.size() - 2) // two notes
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
