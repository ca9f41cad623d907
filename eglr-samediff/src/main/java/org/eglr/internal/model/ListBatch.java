package org.eglr.internal.model;

/**
 * Lists of a batch, padded to a common length.
 *
 * @param size number of lists B
 * @param length padded length K
 * @param lengths the lists' own lengths
 * @param clicked labels [B * K]; null where only scores are wanted
 * @param utility list utilities [B]; null where only scores are wanted
 */
public record ListBatch(int size, int length, int[] lengths, boolean[] clicked, float[] utility) {

  /** Lists to be scored, without labels. */
  public static ListBatch unlabelled(int[] lengths) {
    int longest = 1;
    for (int length : lengths) {
      longest = Math.max(longest, length);
    }
    return new ListBatch(lengths.length, longest, lengths, null, null);
  }
}
