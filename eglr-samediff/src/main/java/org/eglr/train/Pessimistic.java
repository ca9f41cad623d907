package org.eglr.train;

import org.eglr.internal.check.Setting;

/** {@link Reward#pessimistic}. */
record Pessimistic(double beta) implements Reward {

  Pessimistic {
    Setting.require(beta >= 0 && beta <= 100, "beta", beta, "0 to 100");
  }

  @Override
  public double of(RewardedList list) {
    return list.pessimisticDcg(beta);
  }

  @Override
  public String name() {
    return "pessimistic(" + beta + ")";
  }

  @Override
  public int members() {
    return beta == 0 ? 1 : 2;
  }

  @Override
  public boolean custom() {
    return false;
  }

  @Override
  public String toString() {
    return name();
  }
}
