package org.eglr.internal.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.Calls;
import org.eglr.internal.Engines;
import org.eglr.internal.EvaluatorScorer;
import org.eglr.internal.Parts;
import org.eglr.internal.PerWorker;
import org.eglr.internal.nn.Architecture;
import org.eglr.internal.nn.EvaluatorEngine;
import org.eglr.internal.nn.FeatureRows;
import org.eglr.internal.nn.ListBatch;
import org.eglr.internal.nn.RowGradients;
import org.eglr.internal.nn.Weights;
import org.eglr.train.EvaluatorTraining;
import org.eglr.train.TrainingLog;

/** Stage 1: the evaluator learns from logged lists (section 4.4.1). */
public final class EvaluatorTrainer {

  /** Tokens per part of a batch: they pass the layers together, and should not leave the cache. */
  private static final int PART = 384;

  private final Engine engine;
  private final Architecture architecture;
  private final Weights weights;
  private final EvaluatorTraining options;
  private final Calls calls;
  private final PerWorker<EvaluatorEngine> engines;
  private final EvaluatorScorer scorer;
  private final FeatureRows features;
  private final RowGradients rowGradients;

  public EvaluatorTrainer(
      Engine engine, Architecture architecture, Weights weights, EvaluatorTraining options) {
    this.engine = engine;
    this.architecture = architecture;
    this.calls = Calls.of(engine);
    this.weights = weights;
    this.options = options;
    this.engines = Engines.evaluators(engine, architecture, weights, true);
    this.scorer = new EvaluatorScorer(engine, architecture, weights);
    this.features = new FeatureRows(architecture);
    this.rowGradients = new RowGradients(weights);
  }

  /** Trains; when it returns, the best weights are in place. */
  public TrainingLog train(ListSet lists) {
    int perEpoch = Shards.count(lists.size(), options.batchSize());
    int total = Math.multiplyExact(perEpoch, options.epochs());
    Adam adam = new Adam(weights, options.learningRate(), options.weightDecay());
    BestWeights best = new BestWeights(weights, false, options.patience());
    RunLog log = new RunLog("evaluator", total, options.listener());
    long seed = architecture.settings().seed();
    BatchOrder order = new BatchOrder(lists.size(), options.batchSize(), seed);
    Checkpoints checkpoints =
        new Checkpoints(
            options,
            architecture,
            weights,
            null,
            () -> RunConditions.of(engine, options, lists, null));
    TrainingLoop.Stage stage =
        new TrainingLoop.Stage() {
          @Override
          public void weightsChanged() {
            engines.weightsChanged();
          }

          @Override
          public void step(int step, int[] batch) {
            log.step(Optional.empty(), EvaluatorTrainer.this.step(lists, step, batch, adam));
          }

          @Override
          public Map<String, Double> validate() {
            return EvaluatorTrainer.this.validate(options.validation());
          }

          @Override
          public void close() {
            scorer.close();
            engines.close();
          }
        };
    RunState run = new RunState(adam, best, log);
    return new TrainingLoop(options, perEpoch, order, run, checkpoints).run(stage, false);
  }

  private Map<String, Double> step(ListSet lists, int step, int[] batch, Adam adam) {
    List<Parts.Part> parts =
        Parts.of(batch.length, i -> 1 + lists.length(batch[i]), calls.size(PART));
    List<Part> results =
        calls
            .callers()
            .map(parts.size(), (worker, part) -> part(worker, lists, batch, parts.get(part)));
    rowGradients.clear();
    for (Part part : results) {
      part.scatter(features, rowGradients);
    }
    Map<String, double[]> gradients =
        Shards.sum(results.stream().map(part -> part.result.gradients()).toList());
    double norm = adam.step(step, gradients, rowGradients, options.clipNorm());
    engines.weightsChanged();
    double click = results.stream().mapToDouble(part -> part.result.clickLoss()).sum();
    double value = results.stream().mapToDouble(part -> part.result.valueLoss()).sum();
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", click + value);
    values.put("click loss", click);
    values.put("value loss", value);
    values.put("gradient norm", norm);
    return values;
  }

  /** One part of a batch: its requests, their padded length and what the graph returned. */
  private record Part(List<Request> requests, int length, EvaluatorEngine.Result result) {

    void scatter(FeatureRows features, RowGradients into) {
      for (int b = 0; b < requests.size(); b++) {
        Request request = requests.get(b);
        int offset = b * length * features.width();
        features.scatter(request, request.length(), result.features(), offset, into);
      }
    }
  }

  private Part part(int worker, ListSet lists, int[] batch, Parts.Part range) {
    int from = range.from();
    int size = range.size();
    List<Request> requests =
        IntStream.range(from, range.to()).mapToObj(i -> lists.request(batch[i])).toList();
    int[] lengths = requests.stream().mapToInt(Request::length).toArray();
    int length = IntStream.of(lengths).max().orElseThrow();
    boolean[] clicked = new boolean[size * length];
    float[] utility = new float[size];
    float[] x = new float[size * length * features.width()];
    for (int b = 0; b < size; b++) {
      int list = batch[from + b];
      utility[b] = lists.utility(list);
      for (int k = 0; k < lengths[b]; k++) {
        clicked[b * length + k] = lists.clicked(list, k);
      }
      features.fill(requests.get(b), lengths[b], weights, x, b * length * features.width());
    }
    ListBatch part = new ListBatch(size, length, lengths, clicked, utility);
    return new Part(requests, length, engines.get(worker).train(part, x, batch.length));
  }

  /** Mean losses over validation lists: their sum first, which decides. */
  private Map<String, Double> validate(ListSet lists) {
    scorer.update();
    List<Request> requests = IntStream.range(0, lists.size()).mapToObj(lists::request).toList();
    List<int[]> shown =
        requests.stream().map(r -> IntStream.range(0, r.length()).toArray()).toList();
    List<EvaluatorScorer.Opinion> opinions = scorer.score(requests, shown);
    double click = 0;
    double value = 0;
    for (int list = 0; list < lists.size(); list++) {
      EvaluatorScorer.Opinion opinion = opinions.get(list);
      double loss = 0;
      for (int k = 0; k < opinion.click().length; k++) {
        double p = opinion.click()[k];
        loss -= Math.log(Math.max(1e-12, lists.clicked(list, k) ? p : 1 - p)); // eq. 15
      }
      click += loss / opinion.click().length;
      double odds = opinion.value();
      value += (1 + lists.utility(list)) * Math.log1p(odds); // eq. 16
      value -= lists.utility(list) * Math.log(odds);
    }
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", (click + value) / lists.size());
    values.put("click loss", click / lists.size());
    values.put("value loss", value / lists.size());
    return values;
  }
}
