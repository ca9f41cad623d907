package org.eglr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eglr.internal.model.RandomRequests;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.GrpoTraining;
import org.eglr.train.LearningRateSchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting's error names the setting, its value and what is allowed. */
class SettingsTest {

  static Stream<Arguments> wrong() {
    return Stream.of(
        model(b -> b.width(3), "setting 'width' is 3; allowed: 4 to 1024"),
        model(b -> b.width(66), "setting 'width' is 66; allowed: a multiple of heads (4)"),
        model(b -> b.heads(0), "setting 'heads' is 0; allowed: 1 to 64"),
        model(b -> b.evaluatorLayers(13), "setting 'evaluatorLayers' is 13; allowed: 1 to 12"),
        model(b -> b.feedForward(2), "setting 'feedForward' is 2; allowed: 4 to 4096"),
        model(b -> b.embedding(0), "setting 'embedding' is 0; allowed: 1 to 256"),
        model(b -> b.position(7), "setting 'position' is 7; allowed: an even number, 2 to 256"),
        model(b -> b.reasoning(r -> r.maxSteps(17)), "setting 'maxSteps' is 17; allowed: 0 to 16"),
        model(
            b -> b.reasoning(r -> r.entropyThreshold(Double.NaN)),
            "setting 'entropyThreshold' is NaN; allowed: a number of nats"),
        model(
            b -> b.reasoning(r -> r.baseTemperature(0)),
            "setting 'baseTemperature' is 0.0; allowed: 0.001 to 100"),
        model(
            b -> b.reasoning(r -> r.baseTemperature(1e-300)),
            "setting 'baseTemperature' is 1.0E-300; allowed: 0.001 to 100"),
        model(
            b -> b.reasoning(r -> r.baseTemperature(Double.NaN)),
            "setting 'baseTemperature' is NaN; allowed: 0.001 to 100"),
        model(
            b -> b.reasoning(r -> r.exploration(Double.POSITIVE_INFINITY)),
            "setting 'exploration' is Infinity; allowed: 1 to 100"),
        model(
            b -> b.reasoning(r -> r.exploration(0.5)),
            "setting 'exploration' is 0.5; allowed: 1 to 100"),
        model(
            b -> b.reasoning(r -> r.token(null)),
            "setting 'token' is null; allowed: NONE, PLAIN, CONTEXT_AWARE, ZERO, MEAN or NOISE"),
        model(
            b -> b.reasoning(r -> r.query(null)),
            "setting 'query' is null; allowed: REPLACE, RESIDUAL or GATED"),
        evaluator(t -> t.epochs(0), "setting 'epochs' is 0; allowed: 1 to 10000"),
        evaluator(t -> t.batchSize(0), "setting 'batchSize' is 0; allowed: 1 to 65536"),
        evaluator(
            t -> t.learningRate(-1), "setting 'learningRate' is -1.0; allowed: above 0, at most 1"),
        evaluator(t -> t.weightDecay(-1), "setting 'weightDecay' is -1.0; allowed: 0 to 10"),
        evaluator(
            t -> t.dropout(0.95), "setting 'dropout' is 0.95; allowed: 0 to 0.9; 0 turns it off"),
        evaluator(
            t -> t.dropout(Double.NaN),
            "setting 'dropout' is NaN; allowed: 0 to 0.9; 0 turns it off"),
        evaluator(
            t -> t.schedule(null), "setting 'schedule' is null; allowed: a LearningRateSchedule"),
        evaluator(
            t -> t.schedule(LearningRateSchedule.cosine(-1)),
            "setting 'warmUpSteps' is -1; allowed: 0 to 1000000"),
        grpo(t -> t.updatesPerRollout(0), "setting 'updatesPerRollout' is 0; allowed: 1 to 64"),
        grpo(t -> t.updatesPerRollout(65), "setting 'updatesPerRollout' is 65; allowed: 1 to 64"),
        grpo(t -> t.clip(1, 0.2), "setting 'clip.low' is 1.0; allowed: above 0, below 1"),
        grpo(t -> t.clip(0.2, 0), "setting 'clip.high' is 0.0; allowed: above 0, at most 100"),
        grpo(
            t -> t.klToReference(-1),
            "setting 'klToReference' is -1.0; allowed: 0 to 100; 0 turns it off"),
        grpo(
            t -> t.entropyBonus(Double.NaN),
            "setting 'entropyBonus' is NaN; allowed: 0 to 100; 0 turns it off"),
        grpo(t -> t.gainRate(1.5), "setting 'gainRate' is 1.5; allowed: 0 to 1"),
        grpo(t -> t.gainRate(Double.NaN), "setting 'gainRate' is NaN; allowed: 0 to 1"),
        evaluator(
            t -> t.clipNorm(-1), "setting 'clipNorm' is -1.0; allowed: at least 0; 0 turns it off"),
        evaluator(
            t -> t.patience(-1), "setting 'patience' is -1; allowed: at least 0; 0 turns it off"),
        evaluator(t -> t.checkpoint(null, 1), "setting 'checkpoint' is null; allowed: a file"),
        evaluator(
            t -> t.checkpoint(Path.of("x"), 0), "setting 'everySteps' is 0; allowed: at least 1"),
        evaluator(t -> t.resume(null), "setting 'resume' is null; allowed: a checkpoint's file"),
        grpo(t -> t.epochs(0), "setting 'epochs' is 0; allowed: 1 to 10000"),
        grpo(t -> t.steps(-1), "setting 'steps' is -1; allowed: at least 0; 0 leaves it to epochs"),
        grpo(t -> t.batchSize(0), "setting 'batchSize' is 0; allowed: 1 to 65536"),
        grpo(t -> t.groupSize(1), "setting 'groupSize' is 1; allowed: 2 to 1024"),
        grpo(t -> t.learningRate(2), "setting 'learningRate' is 2.0; allowed: above 0, at most 1"),
        grpo(t -> t.reward(null), "setting 'reward' is null; allowed: a Reward"),
        grpo(
            t -> t.deviationFloor(0),
            "setting 'deviationFloor' is 0.0; allowed: above 0, at most 1000000"),
        grpo(
            t -> t.clipNorm(-1), "setting 'clipNorm' is -1.0; allowed: at least 0; 0 turns it off"),
        grpo(t -> t.validateEvery(0), "setting 'validateEvery' is 0; allowed: at least 1"),
        grpo(t -> t.patience(-1), "setting 'patience' is -1; allowed: at least 0; 0 turns it off"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("wrong")
  void is_refused(Runnable setting, String message) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, setting::run).getMessage());
  }

  @Test
  void defaults_are_valid() {
    Settings settings = Eglr.builder(RandomRequests.SCHEMA).settings();
    assertEquals(4 * settings.width(), settings.feedForward());
  }

  private static Arguments model(Consumer<EglrBuilder> change, String message) {
    Runnable run =
        () -> {
          EglrBuilder builder = Eglr.builder(RandomRequests.SCHEMA);
          change.accept(builder);
          builder.build();
        };
    return Arguments.of(run, message);
  }

  private static Arguments evaluator(Consumer<EvaluatorTraining> change, String message) {
    Runnable run = () -> change.accept(new EvaluatorTraining());
    return Arguments.of(run, message);
  }

  private static Arguments grpo(Consumer<GrpoTraining> change, String message) {
    Runnable run = () -> change.accept(new GrpoTraining());
    return Arguments.of(run, message);
  }
}
