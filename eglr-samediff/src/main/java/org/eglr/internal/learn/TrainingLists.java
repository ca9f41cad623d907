package org.eglr.internal.learn;

import org.eglr.data.ListSet;
import org.eglr.train.Reward;

/** Lists to learn from, wherever they lie; indices are 0 to {@link #size} - 1. */
public interface TrainingLists {

  int size();

  /**
   * The lists of a step.
   *
   * @param order which lists those are, now and later
   * @param step 0-based
   */
  BatchLists batch(BatchOrder order, int step);

  /**
   * The reward, knowing these lists.
   *
   * @throws org.eglr.data.DataException if it cannot reward them
   */
  Reward rewardedBy(Reward reward);

  /** A text that differs where lists do. */
  String fingerprint();

  /** The lists of a set in this JVM. */
  static TrainingLists of(ListSet lists) {
    return new TrainingLists() {
      @Override
      public int size() {
        return lists.size();
      }

      @Override
      public BatchLists batch(BatchOrder order, int step) {
        return BatchLists.of(lists, order.batch(step));
      }

      @Override
      public Reward rewardedBy(Reward reward) {
        reward.require(lists);
        return reward.knowing(lists);
      }

      @Override
      public String fingerprint() {
        return Fingerprint.of(lists);
      }
    };
  }
}
