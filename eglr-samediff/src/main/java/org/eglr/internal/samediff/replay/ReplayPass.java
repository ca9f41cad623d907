package org.eglr.internal.samediff.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.eglr.Settings;
import org.eglr.internal.samediff.step.StepGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What both ways through a batch of trajectories look up. */
abstract class ReplayPass {

  final ReplayStep step;
  final ReplayTape tape;
  final ReplayPlan plan;
  final int width;
  final int headWidth;
  final long heads; // of all lists
  final int room; // places in caches

  ReplayPass(Settings settings, ReplayStep step, ReplayTape tape, ReplayPlan plan) {
    this.step = step;
    this.tape = tape;
    this.plan = plan;
    width = settings.width();
    headWidth = width / settings.heads();
    heads = (long) plan.lists * settings.heads();
    room = StepGraph.room(plan.tokens);
  }

  /** Inputs that all steps have. */
  final Map<String, INDArray> inputs() {
    Map<String, INDArray> in = new HashMap<>();
    in.put("tokenWeight", tape.row("tokenWeight", 0, width, width));
    in.put("qkvWeight", tape.row("qkvWeight", 0, 3L * width, width));
    in.put("z", tape.rows("table", 0, plan.pool, plan.pool, plan.lists, width));
    in.put("ones.all", ones(plan.pool));
    return in;
  }

  final INDArray ones(long count) {
    return tape.rows("ones", 0, count, 1, count);
  }

  /** A token's vector of each list. */
  final INDArray vectors(String name, int token) {
    return tape.row(name, token, plan.lists, width);
  }

  /** Tokens' vectors, cut into heads. */
  final INDArray heads(String name, int from, int to) {
    return tape.rows(name, from, to, (long) to - from, heads, headWidth);
  }

  /** A token's number of each list, as a row or a column. */
  final INDArray across(String name, int token) {
    return tape.row(name, token, 1, plan.lists);
  }

  final INDArray down(String name, int token) {
    return tape.row(name, token, plan.lists, 1);
  }

  /** What a token has for each candidate: [N, B]. */
  final INDArray candidates(String name, int token) {
    return tape.row(name, token, plan.pool, plan.lists);
  }

  /** Sums over the second dimension. */
  final INDArray sumOfLists(INDArray lists) {
    return step.run(Map.of("lists", lists), "sumOfLists").get("sumOfLists");
  }

  /** Hands on the gradients of a linear layer's weight and bias, from all rows through it. */
  final void linear(
      String layer, INDArray dOut, INDArray in, BiConsumer<String, INDArray> gradients) {
    gradients.accept(layer + ".weight", product(dOut, in));
    gradients.accept(layer + ".bias", sum(dOut));
  }

  /** The left transposed times the right. */
  final INDArray product(INDArray left, INDArray right) {
    return step.run(Map.of("left", left, "right", right), "product").get("product");
  }

  final INDArray sum(INDArray rows) {
    long count = rows.size(0);
    INDArray sum = product(tape.rows("ones", 0, count, count, 1), rows);
    return sum.reshape(sum.length());
  }
}
