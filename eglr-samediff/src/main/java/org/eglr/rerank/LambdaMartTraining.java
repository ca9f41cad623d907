package org.eglr.rerank;

import org.eglr.internal.check.Setting;
import org.eglr.train.TrainingListener;

/** Options of LambdaMART's training; LightGBM's name of each in parentheses. */
public final class LambdaMartTraining {

  private int trees = 300;
  private int leaves = 31;
  private double learningRate = 0.1;
  private int leastPerLeaf = 20;
  private double l2;
  private double fieldShare = 1;
  private int truncation = 30;
  private int bins = 255;
  private int patience = 30;
  private boolean correctPosition;
  private TrainingListener listener = new TrainingListener() {};

  /** Most trees (num_iterations); 1 to 10,000, default 300. */
  public LambdaMartTraining trees(int value) {
    Setting.require(value >= 1 && value <= 10_000, "trees", value, "1 to 10000");
    trees = value;
    return this;
  }

  /** Most leaves of a tree (num_leaves); 2 to 4096, default 31. */
  public LambdaMartTraining leaves(int value) {
    Setting.require(value >= 2 && value <= 4096, "leaves", value, "2 to 4096");
    leaves = value;
    return this;
  }

  /** What a tree's values are multiplied by (learning_rate); above 0, at most 1, default 0.1. */
  public LambdaMartTraining learningRate(double value) {
    Setting.require(value > 0 && value <= 1, "learningRate", value, "above 0, at most 1");
    learningRate = value;
    return this;
  }

  /** Fewest training rows of a leaf (min_data_in_leaf); 1 to 1,000,000, default 20. */
  public LambdaMartTraining leastPerLeaf(int value) {
    Setting.require(value >= 1 && value <= 1_000_000, "leastPerLeaf", value, "1 to 1000000");
    leastPerLeaf = value;
    return this;
  }

  /** Pull of leaf values towards 0 (lambda_l2); 0 to 1e6, default 0. */
  public LambdaMartTraining l2(double value) {
    Setting.require(value >= 0 && value <= 1e6, "l2", value, "0 to 1e6");
    l2 = value;
    return this;
  }

  /**
   * Share of the fields that a tree may look at, drawn anew for each (feature_fraction); above 0,
   * at most 1, default 1.
   */
  public LambdaMartTraining fieldShare(double value) {
    Setting.require(value > 0 && value <= 1, "fieldShare", value, "above 0, at most 1");
    fieldShare = value;
    return this;
  }

  /**
   * Pairs count in which one item is among the first so many (lambdarank_truncation_level); 1 to
   * 1000, default 30.
   */
  public LambdaMartTraining truncation(int value) {
    Setting.require(value >= 1 && value <= 1000, "truncation", value, "1 to 1000");
    truncation = value;
    return this;
  }

  /** Most values of a field that are told apart (max_bin); 2 to 65,535, default 255. */
  public LambdaMartTraining bins(int value) {
    Setting.require(value >= 2 && value <= 65_535, "bins", value, "2 to 65535");
    bins = value;
    return this;
  }

  /**
   * Trees in a row that improve nothing on the validation lists before it stops; 0 to 10,000, 0:
   * never, default 30.
   */
  public LambdaMartTraining patience(int value) {
    Setting.require(value >= 0 && value <= 10_000, "patience", value, "0 to 10000; 0: never");
    patience = value;
    return this;
  }

  /**
   * Whether to learn how positions draw clicks, and to count that out (LightGBM's unbiased
   * lambdarank, by the field {@code position}); default false.
   */
  public LambdaMartTraining correctPosition(boolean value) {
    correctPosition = value;
    return this;
  }

  /** Is told of each tree; not null, default one that does nothing. */
  public LambdaMartTraining listener(TrainingListener value) {
    Setting.require(value != null, "listener", null, "a TrainingListener");
    listener = value;
    return this;
  }

  public int trees() {
    return trees;
  }

  public int leaves() {
    return leaves;
  }

  public double learningRate() {
    return learningRate;
  }

  public int leastPerLeaf() {
    return leastPerLeaf;
  }

  public double l2() {
    return l2;
  }

  public double fieldShare() {
    return fieldShare;
  }

  public int truncation() {
    return truncation;
  }

  public int bins() {
    return bins;
  }

  public int patience() {
    return patience;
  }

  public boolean correctPosition() {
    return correctPosition;
  }

  public TrainingListener listener() {
    return listener;
  }
}
