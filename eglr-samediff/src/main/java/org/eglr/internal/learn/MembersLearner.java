package org.eglr.internal.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import org.eglr.internal.math.InOrder;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.Weights;
import org.eglr.internal.store.Checkpoint;

/**
 * Trains the members of an evaluator side by side, each step a step of every one on a batch of its
 * own: a run can be interrupted, measured and resumed at any step, as that of one.
 */
final class MembersLearner implements EvaluatorLearner {

  private final List<EvaluatorLearner> members = new ArrayList<>();
  private final List<BatchOrder> orders = new ArrayList<>();
  private final TrainingLists lists;

  /**
   * @param weights of all members
   * @param make one member's learner
   */
  MembersLearner(
      Architecture architecture,
      Weights weights,
      BiFunction<Architecture, Weights, EvaluatorLearner> make,
      TrainingLists lists,
      int batchSize) {
    this.lists = lists;
    for (int m = 0; m < architecture.members(); m++) {
      Architecture own = architecture.member(m);
      members.add(make.apply(own, weights.member(m)));
      orders.add(new BatchOrder(lists.size(), batchSize, own.settings().seed()));
    }
  }

  /** The batch is the first member's. */
  @Override
  public Losses step(BatchLists batch, int step) {
    List<Losses> losses = new ArrayList<>();
    for (int m = 0; m < members.size(); m++) {
      BatchLists own = m == 0 ? batch : lists.batch(orders.get(m), step - 1);
      losses.add(members.get(m).step(own, step));
    }
    return new Losses(
        mean(losses, Losses::click), mean(losses, Losses::value), mean(losses, Losses::norm));
  }

  private static double mean(List<Losses> losses, ToDoubleFunction<Losses> of) {
    return InOrder.mean(losses.stream().mapToDouble(of).toArray());
  }

  @Override
  public void weightsChanged() {
    members.forEach(Learner::weightsChanged);
  }

  @Override
  public void schedule(double factor) {
    members.forEach(member -> member.schedule(factor));
  }

  @Override
  public void close() {
    members.forEach(Learner::close);
  }

  @Override
  public TrainedWeights trained() {
    List<TrainedWeights> all = members.stream().map(Learner::trained).toList();
    return new TrainedWeights() {
      @Override
      public void store() {
        all.forEach(TrainedWeights::store);
      }

      @Override
      public Checkpoint.Optimiser state() {
        List<Checkpoint.Optimiser> states = all.stream().map(TrainedWeights::state).toList();
        return new Checkpoint.Optimiser(
            states.get(0).steps(), // all have taken the same steps
            Weights.ofMembers(states.stream().map(Checkpoint.Optimiser::first).toList()),
            Weights.ofMembers(states.stream().map(Checkpoint.Optimiser::second).toList()));
      }

      @Override
      public void resume(Checkpoint.Optimiser state) {
        for (int m = 0; m < all.size(); m++) {
          all.get(m)
              .resume(
                  new Checkpoint.Optimiser(
                      state.steps(), state.first().member(m), state.second().member(m)));
        }
      }
    };
  }
}
