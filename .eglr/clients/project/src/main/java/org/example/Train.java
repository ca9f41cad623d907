package org.example;

import java.nio.file.Path;
import org.eglr.Eglr;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;

/** Trains a small model and saves it. */
public final class Train {

  public static void main(String[] args) {
    Splits data = Simulator.adLike().lists(300).seed(1).log().split(0.8, 0.1, 0.1);
    Eglr eglr = Eglr.builder(data.schema()).seed(1).build();
    eglr.trainEvaluator(data, t -> t.epochs(1));
    eglr.trainGenerator(data, t -> t.steps(2));
    eglr.save(Path.of(args[0]));
    System.out.println("trained");
  }
}
