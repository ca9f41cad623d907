package org.eglr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.eglr.data.ListSet;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.metrics.EvaluatorReport;
import org.eglr.train.EvaluatorSelection;
import org.eglr.train.TrainingLog;
import org.eglr.train.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By what an evaluator's weights are selected. */
class EvaluatorSelectionTest {

  private static final Splits DATA =
      Simulator.adLike().lists(300).listLength(5).pool(8).seed(4).log().split(0.5, 0.3, 0.2);

  private static Evaluator evaluator() {
    return Evaluator.builder(DATA.schema())
        .width(8)
        .heads(2)
        .evaluatorLayers(1)
        .embedding(4)
        .engine(Engine.JAVA)
        .build();
  }

  /** The click loss, position by position, and the gain by what the evaluator's report says. */
  @Test
  void the_order_loss_is_click_loss_minus_context_gain() {
    Evaluator evaluator = evaluator();
    TrainingLog log =
        evaluator.train(
            DATA,
            t -> t.epochs(1).batchSize(16).learningRate(0.01).selectBy(EvaluatorSelection.ORDER));
    Validation measured = log.validations().get(0);
    assertEquals(
        List.of("order loss", "context gain", "loss", "click loss", "value loss"),
        List.copyOf(measured.values().keySet()),
        "the first decides");
    ListSet valid = DATA.valid();
    double loss = 0;
    List<double[]> probabilities = evaluator.clickProbabilities(valid);
    for (int list = 0; list < valid.size(); list++) {
      for (int k = 0; k < 5; k++) {
        double p = probabilities.get(list)[k];
        loss -= Math.log(valid.clicked(list, k) ? p : 1 - p) / 5 / valid.size();
      }
    }
    EvaluatorReport report = evaluator.measure(valid, 2, 1);
    double gain = report.value(EvaluatorReport.GAIN) * report.clicks() / report.shown();
    assertTrue(Math.abs(gain) > 1e-6, "" + gain);
    assertEquals(loss, measured.values().get("click loss"), 1e-9);
    assertEquals(gain, measured.values().get("context gain"), 1e-9);
    assertEquals(loss - gain, measured.values().get("order loss"), 1e-9);
  }

  @Test
  void the_lowest_of_what_was_asked_for_is_kept() {
    for (EvaluatorSelection by : EvaluatorSelection.values()) {
      Evaluator evaluator = evaluator();
      TrainingLog log =
          evaluator.train(DATA, t -> t.epochs(6).batchSize(8).learningRate(0.03).selectBy(by));
      String name = by == EvaluatorSelection.ORDER ? "order loss" : "loss";
      double lowest = Double.MAX_VALUE;
      for (Validation validation : log.validations()) {
        double value = validation.values().get(name);
        assertEquals(value < lowest, validation.best(), by + " after " + validation.step());
        lowest = Math.min(lowest, value);
      }
      Evaluator again = evaluator();
      int steps = log.validations().stream().filter(Validation::best).toList().size();
      assertTrue(steps > 0, "some are kept");
      again.train(DATA, t -> t.epochs(6).batchSize(8).learningRate(0.03).selectBy(by));
      assertArrayEquals(
          evaluator.clickProbabilities(DATA.test()).get(0),
          again.clickProbabilities(DATA.test()).get(0),
          "the same twice");
    }
  }

  @Test
  void a_run_goes_on_by_the_measure_it_began_with(@TempDir Path folder) {
    Path file = folder.resolve("run");
    Evaluator whole = evaluator();
    whole.train(DATA, t -> t.epochs(3).batchSize(16).selectBy(EvaluatorSelection.ORDER));
    evaluator()
        .train(
            DATA,
            t ->
                t.epochs(2).batchSize(16).selectBy(EvaluatorSelection.ORDER).checkpoint(file, 100));
    Evaluator resumed = evaluator();
    resumed.train(
        DATA, t -> t.epochs(3).batchSize(16).selectBy(EvaluatorSelection.ORDER).resume(file));
    assertArrayEquals(
        whole.clickProbabilities(DATA.test()).get(0),
        resumed.clickProbabilities(DATA.test()).get(0));
    Evaluator other = evaluator();
    String said =
        assertThrows(
                ModelFileException.class,
                () -> other.train(DATA, t -> t.epochs(3).batchSize(16).resume(file)))
            .getMessage();
    assertTrue(said.contains("selectBy: ORDER in the checkpoint, LOSS here"), said);
  }

  @Test
  void nothing_is_no_measure() {
    Evaluator evaluator = evaluator();
    assertEquals(
        "setting 'selectBy' is null; allowed: LOSS or ORDER",
        assertThrows(
                IllegalArgumentException.class, () -> evaluator.train(DATA, t -> t.selectBy(null)))
            .getMessage());
  }
}
