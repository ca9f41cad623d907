package org.eglr.internal.rerank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eglr.Evaluator;
import org.eglr.data.ListSet;
import org.eglr.internal.learn.Adam;
import org.eglr.internal.learn.Shards;
import org.eglr.internal.learn.TrainingRun;
import org.eglr.internal.math.InOrder;
import org.eglr.internal.model.CounterRandom;
import org.eglr.internal.model.FeatureRows;
import org.eglr.internal.model.RowGradients;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.LearningGraph;
import org.eglr.rerank.ListGroup;
import org.eglr.rerank.Rollout;
import org.eglr.rerank.TrainingStage;
import org.eglr.train.LearningRateSchedule;
import org.eglr.train.RerankerTraining;
import org.eglr.train.RewardedList;
import org.eglr.train.TrainingLog;

/**
 * A stage of a re-ranker's training: lists to learn from, where the stage asks for it what they are
 * worth to the evaluator, the loss's gradient, a step of Adam.
 */
final class RerankerTrainer {

  private static final int VALIDATION_LISTS = 1000;
  private static final long DIALS = 0x6469616c; // no other stream of the seed begins with it
  private static final long LISTS = 0x6c697374;
  private static final long VALID = 0x76616c69;

  private final ModelSpec spec;
  private final Weights weights;
  private final int index;
  private final TrainingStage stage;
  private final Judge judge; // null where nobody is asked what lists are worth
  private final RerankerTraining options;
  private final Graphs graphs;
  private final ListMaker maker;
  private final RowGradients rows;
  private final Adam adam;
  private final int samples;
  private final List<String> dials;

  /**
   * @param index of the stage
   * @param evaluator null where the stage asks for none, or for the model's own
   */
  RerankerTrainer(
      ModelSpec spec, Weights weights, int index, Evaluator evaluator, RerankerTraining options) {
    this.spec = spec;
    this.weights = weights;
    this.index = index;
    this.stage = spec.stages().get(index);
    this.options = options;
    graphs = new Graphs(spec, weights);
    maker = new ListMaker(graphs);
    judge = judge(evaluator);
    rows = new RowGradients(weights);
    adam = new Adam(weights, options.learningRate(), options.weightDecay());
    samples =
        stage.rollout() == Rollout.SAMPLED && stage.credit() != null
            ? options.samples() > 0 ? options.samples() : stage.samples()
            : 1;
    dials = graphs.dials();
  }

  /** Trains; when it returns, the best weights are in place. */
  TrainingLog train(String name, ListSet lists) {
    ListSet validation =
        options.validation() == null ? null : options.validation().sample(VALIDATION_LISTS, 1);
    boolean reinforced = stage.credit() != null;
    int epochs = reinforced ? options.reinforcedEpochs() : options.epochs();
    int epoch = Shards.count(lists.size(), options.batchSize());
    int usual = reinforced ? Math.max(1, epoch / 4) : epoch;
    int every = options.validateEvery() == 0 ? usual : options.validateEvery();
    TrainingRun run = new TrainingRun(name, options, epochs, every, lists.size(), spec.seed());
    return run.train(
        weights,
        adam,
        stage.credit() != null,
        new TrainingRun.Work() {
          @Override
          public void weightsChanged() {
            graphs.weightsChanged();
          }

          @Override
          public Map<String, Double> step(int step, int[] batch, double factor) {
            adam.schedule(factor);
            return RerankerTrainer.this.step(lists, step, batch, factor);
          }

          @Override
          public Map<String, Double> validate() {
            return RerankerTrainer.this.validate(validation);
          }

          @Override
          public void close() {
            graphs.close();
            if (judge != null) {
              judge.close();
            }
          }
        });
  }

  private Judge judge(Evaluator evaluator) {
    if (stage.credit() == null) {
      return null;
    }
    return stage.needsEvaluator() ? evaluator::score : new OwnJudge(spec, weights);
  }

  /** A list that is learned from, before anything is written for it. */
  private ListRow open(ListSet lists, int list, int sample, long stream) {
    ListRow row = ListRow.of(lists, list, stage.credit() == null, sample, stream);
    return stage.trainsEvaluator() ? row.ofShown() : row;
  }

  private Map<String, Double> step(ListSet lists, int step, int[] batch, double factor) {
    List<ListRow> open = new ArrayList<>();
    for (int i = 0; i < batch.length; i++) {
      Map<String, Double> drawn =
          ListRows.drawn(dials, CounterRandom.stream(spec.seed(), DIALS, step, i));
      for (int s = 0; s < samples; s++) {
        long stream = CounterRandom.stream(spec.seed(), LISTS, step, i, s);
        open.add(open(lists, batch[i], s, stream).withDials(drawn));
      }
    }
    List<ListRow> written = rollout(open);
    Map<String, Double> values = new LinkedHashMap<>();
    if (stage.credit() != null) {
      List<ListGroup> groups = groups(lists, batch, written);
      double[][][] credit = stage.credit().of(groups);
      for (int l = 0; l < written.size(); l++) {
        written.set(l, written.get(l).weighed(credit[l / samples][l % samples]));
      }
      values.put("worth", worth(groups));
    }
    for (int update = 0; update < options.updates(); update++) {
      learn(step, written, update == 0, values);
    }
    if (!options.schedule().equals(LearningRateSchedule.constant())) {
      values.put("learning rate", options.learningRate() * factor);
    }
    return values;
  }

  private void learn(int step, List<ListRow> lists, boolean first, Map<String, Double> values) {
    double share = 1.0 / lists.size();
    List<Part> parts = graphs.each(lists, index, use -> part(use, share));
    rows.clear();
    Map<String, double[]> gradients = new LinkedHashMap<>();
    for (Part part : parts) {
      part.result
          .gradients()
          .forEach(
              (name, own) -> {
                if (!name.equals(FeatureRows.NAME)) {
                  add(gradients, name, own);
                }
              });
      part.scatter(rows);
    }
    double norm = adam.step(step, gradients, rows, options.clipNorm());
    graphs.weightsChanged();
    if (first) {
      double[] losses = parts.stream().mapToDouble(Part::loss).toArray();
      Map<String, Double> before = new LinkedHashMap<>(values);
      values.clear();
      values.put("loss", InOrder.sum(losses));
      values.putAll(before);
      values.put("gradient norm", norm);
    }
  }

  private static void add(Map<String, double[]> gradients, String name, double[] own) {
    double[] sum = gradients.computeIfAbsent(name, n -> new double[own.length]);
    for (int i = 0; i < own.length; i++) {
      sum[i] += own[i];
    }
  }

  private record Part(ListRows lists, LearningGraph.Gradients result) {

    double loss() {
      return result.outputs().get(BatchGraph.LOSS)[0];
    }

    void scatter(RowGradients into) {
      double[] x = result.gradients().get(FeatureRows.NAME);
      if (x != null) {
        lists.scatter(x, into);
      }
    }
  }

  private Part part(Graphs.Use use, double share) {
    use.rows().fill(weights, false, share);
    var wanted = use.graph().learned(stage.learns());
    return new Part(use.rows(), use.graph().backward(wanted, BatchGraph.LOSS));
  }

  /** The lists to learn from. */
  private List<ListRow> rollout(List<ListRow> open) {
    List<ListRow> written = new ArrayList<>(open.size());
    if (stage.rollout() == null) {
      written.addAll(open);
    } else if (stage.rollout() == Rollout.SAMPLED || stage.rollout() == Rollout.GREEDY) {
      written.addAll(
          ListRow.written(open, maker.make(open, stage.rollout() == Rollout.SAMPLED, false)));
    } else {
      boolean clickedFirst = stage.rollout() == Rollout.CLICKED_FIRST;
      open.forEach(list -> written.add(list.written(logged(list, clickedFirst), null)));
    }
    return written;
  }

  private static int[] logged(ListRow list, boolean clickedFirst) {
    IntStream all = IntStream.range(0, list.length());
    return clickedFirst
        ? all.boxed()
            .sorted(Comparator.comparing(i -> !list.clicked()[i]))
            .mapToInt(Integer::intValue)
            .toArray()
        : all.toArray();
  }

  private List<ListGroup> groups(ListSet lists, int[] batch, List<ListRow> written) {
    return Judged.groups(judge, lists, batch, written, samples);
  }

  private double worth(List<ListGroup> groups) {
    return InOrder.mean(
        groups.stream()
            .flatMapToDouble(
                group ->
                    group.lists().stream().mapToDouble(list -> stage.credit().worth(group, list)))
            .toArray());
  }

  /** What decides which weights are best comes first. */
  private Map<String, Double> validate(ListSet lists) {
    int[] all = IntStream.range(0, lists.size()).toArray();
    List<ListRow> open = new ArrayList<>();
    for (int list : all) {
      long stream = CounterRandom.stream(spec.seed(), VALID, list);
      open.add(open(lists, list, 0, stream));
    }
    if (stage.credit() == null) {
      double share = 1.0 / open.size();
      List<ListRow> written = rollout(open);
      double[] losses =
          graphs
              .each(
                  written,
                  index,
                  use -> {
                    use.rows().fill(weights, false, share);
                    return use.graph().forward(BatchGraph.LOSS).get(BatchGraph.LOSS)[0];
                  })
              .stream()
              .mapToDouble(Double::doubleValue)
              .toArray();
      return Map.of("loss", InOrder.sum(losses));
    }
    List<ListRow> served = open.stream().map(l -> ListRow.served(l.request(), Map.of())).toList();
    List<ListRow> written = ListRow.written(served, maker.make(served, false, false));
    List<ListGroup> groups = Judged.groups(judge, lists, all, written, 1);
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("worth", worth(groups));
    List<RewardedList> greedy = groups.stream().map(group -> group.lists().get(0)).toList();
    values.put(
        "evaluator score",
        InOrder.mean(greedy.stream().mapToDouble(RewardedList::clickDcg).toArray()));
    return values;
  }
}
