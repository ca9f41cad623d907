package org.eglr.spark;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/** The parameters that {@link EglrReranker} has beyond those of its model. */
final class TrainingParamSet {

  final Param<String> clicksCol;
  final Param<String> utilityCol;
  final Param<String> timeCol;
  final DoubleParam validationShare;
  final Param<String> settings;
  final LongParam seed;
  final LongParam maxCandidates;
  final BooleanParam distributed;
  final Param<String> checkpointFolder;
  final IntParam checkpointSteps;

  TrainingParamSet(EglrReranker owner) {
    clicksCol =
        new Param<>(
            owner.uid(),
            "clicksCol",
            "column of the clicks: array of boolean, one a candidate shown",
            String.class);
    utilityCol =
        new Param<>(
            owner.uid(),
            "utilityCol",
            "column of the list's utility; not set: its clicks",
            String.class);
    timeCol =
        new Param<>(
            owner.uid(),
            "timeCol",
            "column of the list's time; not set: an order by the lists' values",
            String.class);
    validationShare =
        new DoubleParam(
            owner,
            "validationShare",
            "share of lists that validate; 0 to 0.9",
            ParamValidators.<Object>inRange(0, 0.9));
    settings =
        new Param<>(
            owner.uid(),
            "settings",
            "settings, name=value by Java names; \"; \" between",
            String.class);
    seed = new LongParam(owner, "seed", "decides weights, order and draws");
    maxCandidates =
        new LongParam(
            owner,
            "maxCandidates",
            "most candidates that the driver is to hold; at least 1",
            ParamValidators.<Object>gtEq(1));
    distributed =
        new BooleanParam(
            owner, "distributed", "whether executors train, too, not the driver alone");
    checkpointFolder =
        new Param<>(
            owner.uid(),
            "checkpointFolder",
            "folder of the driver in which a fit keeps how far it is; empty: none",
            String.class);
    checkpointSteps =
        new IntParam(
            owner,
            "checkpointSteps",
            "steps between checkpoints; at least 1",
            ParamValidators.<Object>gtEq(1));
  }

  void setDefaults(EglrReranker owner) {
    owner.setDefault(clicksCol, "clicks");
    owner.setDefault(validationShare, 0.1);
    owner.setDefault(settings, "");
    owner.setDefault(seed, 1L);
    owner.setDefault(maxCandidates, 20_000_000L);
    owner.setDefault(distributed, false);
    owner.setDefault(checkpointFolder, "");
    owner.setDefault(checkpointSteps, 50);
  }
}
