package org.eglr.train;

import java.util.function.ToDoubleFunction;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;

/**
 * A reward that needs nothing but the evaluator, or the truth of simulated data.
 *
 * @param truth whether it needs that
 */
record ReadyReward(String name, boolean truth, ToDoubleFunction<RewardedList> function)
    implements Reward {

  @Override
  public double of(RewardedList list) {
    return function.applyAsDouble(list);
  }

  @Override
  public boolean custom() {
    return false;
  }

  @Override
  public void require(ListSet lists) {
    if (truth && !lists.hasTruth()) {
      throw new DataException(
          ("reward '%s' needs the true click probabilities, which only simulated data have; '%s' is"
                  + " a log: take click-dcg, or a simulator's data")
              .formatted(name, lists.log().name()));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
