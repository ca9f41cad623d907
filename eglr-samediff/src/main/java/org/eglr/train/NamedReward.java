package org.eglr.train;

import org.eglr.data.ListSet;
import org.eglr.internal.check.Setting;

/** A reward under a name of its own, taken as a whole. */
record NamedReward(String name, Reward reward) implements Reward {

  NamedReward {
    Setting.require(
        name != null && !name.isBlank() && name.equals(name.strip()) && !name.contains("\n"),
        "name",
        name,
        "a word or a few, on one line");
    Setting.require(reward != null, "reward", null, "a Reward");
  }

  @Override
  public double of(RewardedList list) {
    return reward.of(list);
  }

  @Override
  public int members() {
    return reward.members();
  }

  @Override
  public Reward knowing(ListSet log) {
    return new NamedReward(name, reward.knowing(log));
  }

  @Override
  public void require(ListSet lists) {
    reward.require(lists);
  }

  @Override
  public String toString() {
    return name;
  }
}
