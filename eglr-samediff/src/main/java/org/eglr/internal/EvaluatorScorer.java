package org.eglr.internal;

import java.util.ArrayList;
import java.util.List;
import org.eglr.Engine;
import org.eglr.internal.nn.Architecture;
import org.eglr.internal.nn.EvaluatorEngine;
import org.eglr.internal.nn.ListBatch;
import org.eglr.internal.nn.Weights;

/** Scores lists with the frozen evaluator, on all workers. */
public final class EvaluatorScorer implements AutoCloseable {

  private static final int PART = 128;

  private final int width;
  private final PerWorker<EvaluatorEngine> engines;

  public EvaluatorScorer(Engine engine, Architecture architecture, Weights weights) {
    width = architecture.settings().width();
    engines = Engines.evaluators(engine, architecture, weights, false);
  }

  /** Takes over the weights' present values. */
  public void update() {
    engines.weightsChanged();
  }

  @Override
  public void close() {
    engines.close();
  }

  /**
   * A list to be scored.
   *
   * @param z vectors of a pool's candidates, row-major [pool, d]
   * @param order the list: indices into the pool
   */
  public record Candidate(float[] z, int[] order) {}

  /**
   * What the evaluator thinks of a list.
   *
   * @param click probability at each position
   * @param value expected utility: the odds of the listwise head (eq. 16)
   */
  public record Opinion(double[] click, double value) {

    /** DCG of the click probabilities (eq. 18). */
    public double dcg() {
      double sum = 0;
      for (int k = 0; k < click.length; k++) {
        sum += click[k] / (Math.log(k + 2) / Math.log(2));
      }
      return sum;
    }
  }

  /** One opinion a list, in order. */
  public List<Opinion> score(List<Candidate> lists) {
    int parts = (lists.size() + PART - 1) / PART;
    List<Opinion> opinions = new ArrayList<>(lists.size());
    Workers.shared()
        .map(
            parts,
            (worker, part) ->
                score(
                    worker, lists.subList(part * PART, Math.min(lists.size(), (part + 1) * PART))))
        .forEach(opinions::addAll);
    return opinions;
  }

  private List<Opinion> score(int worker, List<Candidate> lists) {
    int[] lengths = lists.stream().mapToInt(list -> list.order().length).toArray();
    ListBatch batch = ListBatch.unlabelled(lengths);
    float[] z = new float[lists.size() * batch.length() * width];
    for (int b = 0; b < lists.size(); b++) {
      Candidate list = lists.get(b);
      for (int k = 0; k < list.order().length; k++) {
        int row = (b * batch.length() + k) * width;
        System.arraycopy(list.z(), list.order()[k] * width, z, row, width);
      }
    }
    EvaluatorEngine.Scores scores = engines.get(worker).score(batch, z);
    List<Opinion> opinions = new ArrayList<>(lists.size());
    for (int b = 0; b < lists.size(); b++) {
      double[] click = new double[lengths[b]];
      for (int k = 0; k < click.length; k++) {
        click[k] = 1 / (1 + Math.exp(-scores.click()[b * batch.length() + k]));
      }
      opinions.add(new Opinion(click, Math.exp(scores.value()[b])));
    }
    return opinions;
  }
}
