package org.eglr.spark;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.eglr.internal.learn.Fingerprint;

/**
 * A short text that differs where lists or their numbers do, and does not depend on partitions:
 * each list's SHA-256 with its number, added up.
 */
final class ListsDigest {

  private static final int WORDS = 2; // of a hash, that are added up: 128 bits

  private ListsDigest() {}

  /**
   * @param parts one array of packed lists a partition
   * @param firsts number of each partition's first list
   * @param chosen numbers of the lists that matter, in their order
   */
  static String of(JavaRDD<byte[][]> parts, int[] firsts, int[] chosen) {
    long[] sums = new long[WORDS];
    for (long[] part : TrainingJobs.run(() -> sums(parts, firsts))) {
      add(sums, part);
    }
    MessageDigest all = Fingerprint.sha256();
    ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES * chosen.length);
    numbers.asIntBuffer().put(chosen);
    all.update(numbers);
    for (long sum : sums) {
      all.update(ByteBuffer.allocate(Long.BYTES).putLong(0, sum));
    }
    return "%d lists over partitions, SHA-256 %s"
        .formatted(chosen.length, HexFormat.of().formatHex(all.digest(), 0, 16));
  }

  private static List<long[]> sums(JavaRDD<byte[][]> parts, int[] firsts) {
    return parts
        .mapPartitionsWithIndex(
            (p, lists) -> List.of(sum(lists.next(), firsts[p])).iterator(), true)
        .collect();
  }

  private static long[] sum(byte[][] lists, int first) {
    long[] sum = new long[WORDS];
    MessageDigest digest = Fingerprint.sha256();
    for (int i = 0; i < lists.length; i++) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, first + i));
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(lists[i]));
      add(sum, new long[] {hash.getLong(), hash.getLong()});
    }
    return sum;
  }

  private static void add(long[] into, long[] more) {
    for (int w = 0; w < WORDS; w++) {
      into[w] += more[w];
    }
  }
}
