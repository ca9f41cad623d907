package org.eglr.spark;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The parameters of {@link RerankParams}, as one owner has them. */
final class RerankParamSet {

  private static final int MOST_TOGETHER = 100_000;

  final Param<String> candidatesCol;
  final Param<String> groupCol;
  final Param<String> orderCol;
  final Param<String> userCol;
  final IntParam length;
  final Param<String> outputCol;
  final Param<String> scoreCol;
  final Param<String> entropyCol;
  final Param<String> reasoningStepsCol;
  final Param<String> traceCol;
  final Param<String> errorCol;
  final IntParam batchSize;

  RerankParamSet(Params owner) {
    candidatesCol =
        column(owner, "candidatesCol", "candidates of a list: array of structs of item fields");
    groupCol =
        column(owner, "groupCol", "id of the list, if each row is one candidate; not set: no");
    orderCol =
        column(owner, "orderCol", "order of a list's candidates, with groupCol; not set: by value");
    userCol = column(owner, "userCol", "user: struct of user fields; not set: no user fields");
    length =
        new IntParam(
            owner, "length", "items of a list; at least 1", ParamValidators.<Object>gtEq(1));
    outputCol = column(owner, "outputCol", "list: array of structs index, label, clickProbability");
    scoreCol = column(owner, "scoreCol", "evaluator's score of the list; not set: not added");
    entropyCol =
        column(owner, "entropyCol", "decision entropy, nats, by position; not set: not added");
    reasoningStepsCol =
        column(owner, "reasoningStepsCol", "reasoning tokens by position; not set: not added");
    traceCol = column(owner, "traceCol", "trace, how each item was chosen; not set: not added");
    errorCol = column(owner, "errorCol", "error, why a row was not re-ranked; null where it was");
    batchSize =
        new IntParam(
            owner,
            "batchSize",
            "lists that a task computes together; 1 to 100000",
            ParamValidators.<Object>inRange(1, MOST_TOGETHER));
  }

  /** Gives the owner its defaults; by itself, since they refer to what the owner has by then. */
  void setDefaults(Params owner) {
    owner.setDefault(candidatesCol, "candidates");
    owner.setDefault(length, 10);
    owner.setDefault(outputCol, "ranking");
    owner.setDefault(errorCol, "error");
    owner.setDefault(batchSize, 64);
  }

  private static Param<String> column(Params owner, String name, String doc) {
    return new Param<>(owner.uid(), name, "column of the " + doc, String.class);
  }
}
