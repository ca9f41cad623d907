package org.eglr.internal.model;

/**
 * Lists of a batch, padded to a common length.
 *
 * @param size number of lists B
 * @param length padded length K
 * @param lengths the lists' own lengths
 * @param clicked labels [B * K]; null where only scores are wanted
 * @param utility list utilities [B]; null where only scores are wanted
 * @param items what the lists are made of; null where nobody asks, as without pair effects
 */
public record ListBatch(
    int size, int length, int[] lengths, boolean[] clicked, float[] utility, ListItems items) {

  /** Lists of items that nobody asks for. */
  public ListBatch(int size, int length, int[] lengths, boolean[] clicked, float[] utility) {
    this(size, length, lengths, clicked, utility, null);
  }

  /** Lists to be scored, without labels. */
  public static ListBatch unlabelled(int[] lengths) {
    return unlabelled(lengths, null);
  }

  /** Lists to be scored, without labels. */
  public static ListBatch unlabelled(int[] lengths, ListItems items) {
    int longest = 1;
    for (int length : lengths) {
      longest = Math.max(longest, length);
    }
    return new ListBatch(lengths.length, longest, lengths, null, null, items);
  }
}
