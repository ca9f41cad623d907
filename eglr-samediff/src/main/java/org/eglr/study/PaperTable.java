package org.eglr.study;

import java.util.List;

/** A table or figure of the paper, section 5: one command, one result file. */
interface PaperTable {

  /** On the command line, and of its result files. */
  String name();

  /** What the paper claims by it, one sentence. */
  String claim();

  /** Where it is measured; of seed 1. */
  List<World> worlds();

  /** Seeds of trainings in each world, unless others are asked for; at least 1. */
  default int seeds() {
    return 3;
  }

  /** Seeds of a trial. */
  default int trialSeeds() {
    return Math.min(2, seeds());
  }

  /** Measures in one world. */
  List<Entry> measure(Bench bench, long[] seeds);

  /** Whether the headroom of its worlds is measured first. */
  default boolean gated() {
    return true;
  }

  /** The seeds 1 to n. */
  static long[] upTo(int n) {
    return java.util.stream.LongStream.rangeClosed(1, n).toArray();
  }
}
