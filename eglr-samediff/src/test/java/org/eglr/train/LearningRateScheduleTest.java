package org.eglr.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eglr.Eglr;
import org.eglr.Engine;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.junit.jupiter.api.Test;

/** Schedules by their formulas, and that both engines' trainings follow them. */
class LearningRateScheduleTest {

  @Test
  void factors() {
    for (int step = 1; step <= 100; step++) {
      assertEquals(1, LearningRateSchedule.constant().factor(step, 100));
      double warm = LearningRateSchedule.warmUp(9).factor(step, 100);
      assertEquals(Math.min(1, step / 10.0), warm, 1e-12);
      double cosine = LearningRateSchedule.cosine(9).factor(step, 100);
      double expected = step <= 9 ? step / 10.0 : (1 + Math.cos(Math.PI * (step - 10) / 91)) / 2;
      assertEquals(expected, cosine, 1e-12, "step " + step);
      assertTrue(cosine > 0 && cosine <= 1);
    }
    assertEquals(1, LearningRateSchedule.cosine(0).factor(1, 1));
    assertTrue(LearningRateSchedule.cosine(200).factor(100, 100) < 0.5, "it ends while warming up");
  }

  /** A factor of 1/2 is half the learning rate, weight decay included. */
  @Test
  void a_step_of_half_the_rate() {
    Splits data =
        Simulator.adLike().lists(60).listLength(4, 5).pool(6).seed(1).log().split(0.7, 0.15, 0.15);
    for (Engine engine : Engine.values()) {
      double[] loss = new double[2];
      for (int way = 0; way < 2; way++) {
        boolean warm = way == 0;
        Eglr model =
            Eglr.builder(data.schema())
                .width(8)
                .heads(2)
                .embedding(4)
                .position(4)
                .seed(3)
                .engine(engine)
                .build();
        TrainingLog log =
            model.trainEvaluator(
                data.train(),
                t -> {
                  t.epochs(1).batchSize(21).weightDecay(3);
                  return warm
                      ? t.learningRate(0.03).schedule(LearningRateSchedule.warmUp(2))
                      : t.learningRate(0.01);
                });
        loss[way] = log.steps().get(1).values().get("loss");
        assertEquals(warm, log.steps().get(0).values().containsKey("learning rate"));
      }
      assertEquals(loss[1], loss[0], 1e-6, engine.toString());
    }
  }

  @Test
  void dropout_is_refused_where_it_is_not_built() {
    Splits data =
        Simulator.adLike().lists(60).listLength(4, 5).pool(6).seed(1).log().split(0.7, 0.15, 0.15);
    Eglr model = Eglr.builder(data.schema()).width(8).heads(2).engine(Engine.SAMEDIFF).build();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> model.trainEvaluator(data, t -> t.epochs(1).dropout(0.1)))
            .getMessage();
    assertEquals(
        "setting 'dropout' is 0.1, which training with engine SAMEDIFF does not have: train with"
            + " engine JAVA, model.withEngine(Engine.JAVA), or set it to 0",
        message);
  }
}
