package org.eglr.spark;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The columns that re-ranking reads and adds, for the estimator and for its model.
 *
 * <p>The candidates come in one of two forms: one list a row, an array of structs in {@link
 * #setCandidatesCol}; or one candidate a row, with the list's id in {@link #setGroupCol}, and the
 * rows of a list are brought together first.
 *
 * @param <T> what the setters return: the estimator or the model itself
 */
public interface RerankParams<T extends RerankParams<T>> extends Params {

  /** What the parameters are. */
  RerankParamSet paramSet();

  /** {@link #setCandidatesCol}. */
  default Param<String> candidatesCol() {
    return paramSet().candidatesCol;
  }

  /** {@link #setGroupCol}. */
  default Param<String> groupCol() {
    return paramSet().groupCol;
  }

  /** {@link #setOrderCol}. */
  default Param<String> orderCol() {
    return paramSet().orderCol;
  }

  /** {@link #setUserCol}. */
  default Param<String> userCol() {
    return paramSet().userCol;
  }

  /** {@link #setLength}. */
  default IntParam length() {
    return paramSet().length;
  }

  /** {@link #setOutputCol}. */
  default Param<String> outputCol() {
    return paramSet().outputCol;
  }

  /** {@link #setScoreCol}. */
  default Param<String> scoreCol() {
    return paramSet().scoreCol;
  }

  /** {@link #setEntropyCol}. */
  default Param<String> entropyCol() {
    return paramSet().entropyCol;
  }

  /** {@link #setReasoningStepsCol}. */
  default Param<String> reasoningStepsCol() {
    return paramSet().reasoningStepsCol;
  }

  /** {@link #setTraceCol}. */
  default Param<String> traceCol() {
    return paramSet().traceCol;
  }

  /** {@link #setErrorCol}. */
  default Param<String> errorCol() {
    return paramSet().errorCol;
  }

  /** {@link #setBatchSize}. */
  default IntParam batchSize() {
    return paramSet().batchSize;
  }

  /**
   * The column of the candidates, an array of structs; default "candidates". A struct's fields are
   * the schema's item fields by their names, null where a value is missing; others are passed over,
   * but for "label", what people call the candidate. With {@link #setGroupCol} the column that is
   * made of a list's rows.
   */
  default T setCandidatesCol(String column) {
    return with(candidatesCol(), column);
  }

  /**
   * The column of the list's id, where each row is one candidate and the item fields are columns.
   * The rows of a list are brought together by a shuffle, whatever partitions they come from; there
   * is one row a list then, of the id, the user and the candidates. Not set: one list a row.
   */
  default T setGroupCol(String column) {
    return with(groupCol(), column);
  }

  /**
   * With {@link #setGroupCol}, the column that puts a list's candidates into the order of the pool.
   * Not set: they are sorted by their values. Equal candidates stay in the pool's order.
   */
  default T setOrderCol(String column) {
    return with(orderCol(), column);
  }

  /**
   * The column of the user, a struct of the schema's user fields by their names; null where nothing
   * is known. Needed only where the model has user fields.
   */
  default T setUserCol(String column) {
    return with(userCol(), column);
  }

  /** Items of a list, 1 or more; default 10. A smaller pool is put in order whole. */
  default T setLength(int items) {
    return with(length(), items);
  }

  /**
   * The column of the lists that is added; default "ranking". An array of structs, best position
   * first: "index" (int, the candidate's place in the pool, 0-based), "label" (string),
   * "clickProbability" (double, the evaluator's, at this position of this list).
   */
  default T setOutputCol(String column) {
    return with(outputCol(), column);
  }

  /** The column of the evaluator's score of the list (eq. 18, double); not set: none is added. */
  default T setScoreCol(String column) {
    return with(scoreCol(), column);
  }

  /**
   * The column of the decision entropy (eq. 14, array of double): nats at each position, before
   * reasoning; not set: none is added.
   */
  default T setEntropyCol(String column) {
    return with(entropyCol(), column);
  }

  /**
   * The column of the reasoning tokens (array of int): how many at each position; not set: none is
   * added.
   */
  default T setReasoningStepsCol(String column) {
    return with(reasoningStepsCol(), column);
  }

  /**
   * The column of the whole trace (array of structs, one a position): "position", "chosen",
   * "remaining" (int), "entropy" (array: first before reasoning, then after each token),
   * "attention" (array of arrays: [token][pool]), "probability" (array: [pool]); not set: none is
   * added. It is by far the largest column.
   */
  default T setTraceCol(String column) {
    return with(traceCol(), column);
  }

  /**
   * The column of what is wrong with a row (string, one line), null where it was re-ranked; default
   * "error". A row that cannot be re-ranked has null in the other columns that are added, and the
   * job goes on.
   */
  default T setErrorCol(String column) {
    return with(errorCol(), column);
  }

  /** Lists that a task computes together, 1 to 100,000; default 64. Results do not depend on it. */
  default T setBatchSize(int lists) {
    return with(batchSize(), lists);
  }

  private <V> T with(Param<V> param, V value) {
    set(param, value);
    @SuppressWarnings("unchecked") // what each implementation says of itself
    T self = (T) this;
    return self;
  }
}
