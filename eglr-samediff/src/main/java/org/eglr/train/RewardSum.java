package org.eglr.train;

import java.util.List;
import org.eglr.data.ListSet;

/** Several rewards, weighted and added up in their order. */
final class RewardSum implements Reward {

  private final List<RewardTerm> terms;

  RewardSum(List<RewardTerm> terms) {
    this.terms = List.copyOf(terms);
  }

  @Override
  public double of(RewardedList list) {
    double sum = 0;
    for (RewardTerm term : terms) {
      sum += term.weight() * term.reward().of(list);
    }
    return sum;
  }

  @Override
  public String name() {
    StringBuilder name = new StringBuilder();
    for (RewardTerm term : terms) {
      double weight = term.weight();
      boolean first = name.isEmpty();
      name.append(weight < 0 ? (first ? "-" : " - ") : first ? "" : " + ");
      name.append(Math.abs(weight) == 1 ? "" : Math.abs(weight) + " ").append(term.reward().name());
    }
    return name.toString();
  }

  @Override
  public List<RewardTerm> terms() {
    return terms;
  }

  @Override
  public boolean custom() {
    return terms.stream().anyMatch(term -> term.reward().custom());
  }

  @Override
  public int members() {
    return terms.stream().mapToInt(term -> term.reward().members()).max().orElse(1);
  }

  @Override
  public Reward knowing(ListSet log) {
    return new RewardSum(
        terms.stream()
            .map(term -> new RewardTerm(term.weight(), term.reward().knowing(log)))
            .toList());
  }

  @Override
  public void require(ListSet lists) {
    terms.forEach(term -> term.reward().require(lists));
  }

  @Override
  public String toString() {
    return name();
  }
}
