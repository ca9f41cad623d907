package org.eglr.internal.learn;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.IntFunction;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.model.Tensor;
import org.eglr.internal.model.Weights;
import org.eglr.internal.work.Workers;

/** Short texts that differ where data or weights differ. */
public final class Fingerprint {

  /** Lists per task of a worker. */
  private static final int PART = 512;

  private Fingerprint() {}

  /** Of everything that training reads of the lists, in their order. */
  public static String of(ListSet lists) {
    if (lists == null) {
      return "none";
    }
    String hash = hash(Shards.count(lists.size(), PART), part -> digest(lists, part * PART));
    return "%d lists, SHA-256 %s".formatted(lists.size(), hash);
  }

  private static byte[] digest(ListSet lists, int from) {
    MessageDigest digest = sha256();
    for (int list = from; list < Math.min(lists.size(), from + PART); list++) {
      Request request = lists.request(list);
      int pool = request.pool();
      ByteBuffer bytes =
          ByteBuffer.allocate(
              12
                  + 4 * (request.userIds().length + request.userValues().length)
                  + 4 * (request.itemIds().length + request.itemValues().length)
                  + pool);
      bytes.putInt(pool).putInt(request.length()).putFloat(lists.utility(list));
      put(bytes, request.userIds());
      put(bytes, request.userValues());
      put(bytes, request.itemIds());
      put(bytes, request.itemValues());
      for (int i = 0; i < pool; i++) {
        bytes.put((byte) (lists.clicked(list, i) ? 1 : 0));
      }
      digest.update(bytes.array());
    }
    return digest.digest();
  }

  /** Of the values of all parameters. */
  public static String of(Weights weights) {
    Tensor[] tensors = weights.all().toArray(Tensor[]::new);
    String hash =
        hash(
            tensors.length,
            t -> {
              ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
              MessageDigest digest = sha256();
              for (float value : tensors[t].data()) {
                if (!bytes.hasRemaining()) {
                  digest.update(bytes.flip());
                  bytes.clear();
                }
                bytes.putFloat(value);
              }
              digest.update(bytes.flip());
              return digest.digest();
            });
    return "SHA-256 " + hash;
  }

  /** The first bytes of the SHA-256 of the parts' hashes, in order. */
  private static String hash(int parts, IntFunction<byte[]> part) {
    MessageDigest all = sha256();
    Workers.shared().map(parts, (worker, p) -> part.apply(p)).forEach(all::update);
    return HexFormat.of().formatHex(all.digest(), 0, 16);
  }

  private static void put(ByteBuffer bytes, int[] values) {
    for (int value : values) {
      bytes.putInt(value);
    }
  }

  private static void put(ByteBuffer bytes, float[] values) {
    for (float value : values) {
      bytes.putFloat(value);
    }
  }

  /** The first bytes of some content's SHA-256, in hexadecimal: names of files and the like. */
  public static String of(byte[] content, int bytes) {
    return HexFormat.of().formatHex(sha256().digest(content), 0, bytes);
  }

  /** SHA-256, which every JDK has. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has SHA-256
    }
  }
}
