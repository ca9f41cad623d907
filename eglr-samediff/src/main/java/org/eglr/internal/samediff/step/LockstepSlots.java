package org.eglr.internal.samediff.step;

import java.util.Arrays;

/**
 * Where the lists of a batch stand that forget their reasoning: their places differ, though they
 * have equally many tokens, and each sees its items and the reasoning before its next item.
 */
final class LockstepSlots {

  private static final float UNSEEN = -1e9f;

  private final int lists;
  private final int[] slot; // of each list's next token: the items before it
  private final boolean[] reasoning; // whether it is a reasoning token
  private final int[][] seenAt; // token by token: the only slot that sees it; -1: all later ones
  private int tokens;

  LockstepSlots(int lists, int most) {
    this.lists = lists;
    slot = new int[lists];
    reasoning = new boolean[lists];
    seenAt = new int[most][];
  }

  /** List b's next token is a reasoning token, at the place of the item before. */
  void reason(int b) {
    reasoning[b] = true;
  }

  /** List b's next token is an item. */
  void take(int b) {
    slot[b]++;
    reasoning[b] = false;
  }

  /** The lists' next tokens are there. */
  void append() {
    int[] seen = new int[lists];
    for (int b = 0; b < lists; b++) {
      seen[b] = reasoning[b] ? slot[b] : -1;
    }
    seenAt[tokens++] = seen;
  }

  /** Places of the last tokens: [B]. */
  int[] of() {
    return slot;
  }

  /** 0 where a token is seen by the last, else a large negative number: [room, B, heads]. */
  float[] unseen(int room, int heads) {
    float[] unseen = new float[room * lists * heads];
    Arrays.fill(unseen, tokens * lists * heads, unseen.length, UNSEEN);
    for (int t = 0; t < tokens; t++) {
      for (int b = 0; b < lists; b++) {
        if (seenAt[t][b] >= 0 && seenAt[t][b] != slot[b]) {
          int from = (t * lists + b) * heads;
          Arrays.fill(unseen, from, from + heads, UNSEEN);
        }
      }
    }
    return unseen;
  }

  /** Those of some lists, in that order. */
  LockstepSlots keep(int[] kept) {
    LockstepSlots slots = new LockstepSlots(kept.length, seenAt.length);
    slots.tokens = tokens;
    for (int t = 0; t < tokens; t++) {
      slots.seenAt[t] = new int[kept.length];
    }
    for (int b = 0; b < kept.length; b++) {
      slots.slot[b] = slot[kept[b]];
      slots.reasoning[b] = reasoning[kept[b]];
      for (int t = 0; t < tokens; t++) {
        slots.seenAt[t][b] = seenAt[t][kept[b]];
      }
    }
    return slots;
  }
}
