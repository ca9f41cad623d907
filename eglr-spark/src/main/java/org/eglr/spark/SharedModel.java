package org.eglr.spark;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.eglr.Eglr;

/**
 * A model on its way to the executors: its bytes are broadcast once, and each executor's JVM makes
 * one model of them, which all its tasks share.
 */
final class SharedModel implements Serializable {

  /**
   * Models an executor keeps: those of a few jobs, not of all that a long-lived cluster has run.
   */
  private static final int KEPT = 4;

  private static final PerJvm<Eglr> MODELS =
      new PerJvm<>(KEPT, model -> {}); // nothing outside the heap

  private final Broadcast<byte[]> bytes;
  private final String digest;

  private SharedModel(Broadcast<byte[]> bytes, String digest) {
    this.bytes = bytes;
    this.digest = digest;
  }

  static SharedModel broadcast(SparkContext context, byte[] bytes) {
    Broadcast<byte[]> sent = JavaSparkContext.fromSparkContext(context).broadcast(bytes);
    return new SharedModel(sent, digest(bytes));
  }

  /** The model of this JVM, made by the first task that asks. */
  Eglr get() {
    return MODELS.get(digest, () -> ModelBytes.load(bytes.value()));
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }
}
