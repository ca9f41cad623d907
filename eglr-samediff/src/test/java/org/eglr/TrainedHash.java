package org.eglr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingStep;

/**
 * Trains both parts and prints the SHA-256 of the model's file, which holds every weight; or stops
 * the generator's training half way, or goes on with it.
 */
final class TrainedHash {

  private TrainedHash() {}

  /** Arguments: where to save, and perhaps {@code stop} or {@code resume}. */
  public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
    Splits data = Simulator.adLike().lists(400).seed(1).log().split(0.8, 0.1, 0.1);
    Eglr eglr = Eglr.builder(data.schema()).width(32).heads(4).trainFeatures(true).seed(5).build();
    eglr.trainEvaluator(data, t -> t.epochs(2));
    Path file = Path.of(args[0]);
    Path checkpoint = Path.of(args[0] + ".checkpoint");
    String part = args.length > 1 ? args[1] : "whole";
    TrainingListener listener = part.equals("stop") ? stopAfter(5) : new TrainingListener() {};
    eglr.trainGenerator(
        data,
        t -> {
          t.steps(12).groupSize(4).batchSize(16).listener(listener);
          if (part.equals("resume")) {
            t.resume(checkpoint);
          } else if (part.equals("stop")) {
            t.checkpoint(checkpoint, 100);
          }
          return t;
        });
    eglr.save(file);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    System.out.println(HexFormat.of().formatHex(hash));
  }

  private static TrainingListener stopAfter(int step) {
    return new TrainingListener() {
      @Override
      public void onStep(TrainingStep taken) {
        if (taken.step() == step) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
