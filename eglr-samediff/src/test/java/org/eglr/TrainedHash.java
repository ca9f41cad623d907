package org.eglr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;

/** Trains both parts and prints the SHA-256 of the model's file, which holds every weight. */
final class TrainedHash {

  private TrainedHash() {}

  /** Argument: where to save. */
  public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
    Splits data = Simulator.adLike().lists(400).seed(1).log().split(0.8, 0.1, 0.1);
    Eglr eglr = Eglr.builder(data.schema()).width(32).heads(4).trainFeatures(true).seed(5).build();
    eglr.trainEvaluator(data, t -> t.epochs(2));
    eglr.trainGenerator(data, t -> t.steps(12).groupSize(4).batchSize(16));
    Path file = Path.of(args[0]);
    eglr.save(file);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    System.out.println(HexFormat.of().formatHex(hash));
  }
}
