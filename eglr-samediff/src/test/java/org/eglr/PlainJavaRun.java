package org.eglr;

import java.nio.file.Path;
import java.util.Arrays;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;

/** Trains, saves, loads, re-ranks and measures: for a JVM that has no ND4J on its class path. */
final class PlainJavaRun {

  private PlainJavaRun() {}

  /** Argument: where to save. Prints one line: whether the loaded model writes the same list. */
  public static void main(String[] args) {
    Splits data = Simulator.adLike().lists(200).seed(1).log().split(0.8, 0.1, 0.1);
    Eglr eglr = Eglr.builder(data.schema()).width(16).heads(2).trainFeatures(true).seed(1).build();
    eglr.trainEvaluator(data, t -> t.epochs(1));
    eglr.trainGenerator(data, t -> t.steps(2));
    eglr.evaluate(data.test());
    Path file = Path.of(args[0]);
    eglr.save(file);
    int[] order = eglr.rerank(data.test().request(0)).order();
    int[] again = Eglr.load(file).rerank(data.test().request(0)).order();
    System.out.println(Arrays.equals(order, again) ? "the same list" : "another list");
  }
}
