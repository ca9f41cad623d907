package org.eglr.internal;

import java.util.List;
import org.eglr.ListScore;

/** What several evaluators say of a list together. */
final class MemberScores {

  private MemberScores() {}

  /**
   * Means of click probabilities and values, deviations of the former (mean of squares, not divided
   * by one less: with two members that is half their difference).
   *
   * @param members one score a member, in their order
   */
  static ListScore together(List<ListScore> members) {
    int length = members.get(0).clickProbabilities().length;
    double[] mean = new double[length];
    double value = 0;
    for (ListScore one : members) {
      value += one.value() / members.size();
      for (int k = 0; k < length; k++) {
        mean[k] += one.clickProbabilities()[k] / members.size();
      }
    }
    double[] deviation = new double[length];
    for (ListScore one : members) {
      for (int k = 0; k < length; k++) {
        double difference = one.clickProbabilities()[k] - mean[k];
        deviation[k] += difference * difference / members.size();
      }
    }
    for (int k = 0; k < length; k++) {
      deviation[k] = Math.sqrt(deviation[k]);
    }
    return new ListScore(mean, value, deviation);
  }
}
