package org.eglr.train;

import java.util.Objects;
import org.eglr.data.ListSet;
import org.eglr.metrics.LogSupport;
import org.eglr.metrics.RankingMetrics;

/**
 * {@link Reward#offSupport}.
 *
 * @param log null: not known yet
 */
record OffSupport(LogSupport log) implements Reward {

  @Override
  public double of(RewardedList list) {
    if (log == null) {
      throw new IllegalStateException(
          "it knows no log: outside of a training, offSupport().knowing(data.train())");
    }
    double[] avoided = new double[list.length()];
    for (int k = 0; k < avoided.length; k++) {
      avoided[k] = log.avoidance(list.request(), list.order()[k]);
    }
    return RankingMetrics.dcg(avoided);
  }

  @Override
  public String name() {
    return "off-support";
  }

  @Override
  public boolean custom() {
    return false;
  }

  @Override
  public Reward knowing(ListSet lists) {
    return new OffSupport(LogSupport.of(Objects.requireNonNull(lists)));
  }

  @Override
  public String toString() {
    return name();
  }
}
