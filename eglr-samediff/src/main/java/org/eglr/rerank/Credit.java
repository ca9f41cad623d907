package org.eglr.rerank;

import java.util.List;
import org.eglr.internal.learn.Advantages;
import org.eglr.train.RewardedList;

/**
 * What lists of a {@link StepModel} are worth, choice by choice: computed in Java, outside the
 * graph, and handed to the loss as {@link Steps#weights}.
 */
@FunctionalInterface
public interface Credit {

  /**
   * The weight of each choice.
   *
   * @param batch the requests of a step with their lists
   * @return by request, list and position: [requests][samples][length]
   */
  double[][][] of(List<ListGroup> batch);

  /** What a list is worth on validation, where greedy lists are measured: the more the better. */
  default double worth(ListGroup group, RewardedList list) {
    return list.clickDcg();
  }

  /** Weights that need only a request's own lists. */
  interface OfGroup {
    /**
     * @return by list and position: [samples][length]
     */
    double[][] of(ListGroup group);
  }

  /** Weighs each request's lists by themselves. */
  static Credit each(OfGroup weights) {
    return batch -> batch.stream().map(weights::of).toArray(double[][][]::new);
  }

  /**
   * Every choice of a list has its advantage (eq. 18): the evaluator's click DCG against mean and
   * deviation of the request's lists.
   */
  static Credit groupRelative() {
    return each(
        group -> {
          List<RewardedList> lists = group.lists();
          double[] advantages =
              Advantages.of(
                  lists.stream().mapToDouble(RewardedList::clickDcg).toArray(), true, 1e-6);
          double[][] weights = new double[lists.size()][];
          for (int s = 0; s < weights.length; s++) {
            weights[s] = Returns.same(lists.get(s).length(), advantages[s]);
          }
          return weights;
        });
  }
}
