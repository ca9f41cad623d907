package org.eglr.data;

/**
 * A list that is being cut out of impressions. An item that is shown again in it counts once: as
 * clicked if it was clicked at any time, with the sum of its values.
 */
final class ListUnderWay {

  final int[] items;
  final boolean[] clicks;
  int length;
  double value;

  /**
   * @param longest items that it holds; further ones are left out
   */
  ListUnderWay(int longest) {
    items = new int[longest];
    clicks = new boolean[longest];
  }

  void clear() {
    length = 0;
    value = 0;
  }

  boolean full() {
    return length == items.length;
  }

  boolean holds(int item) {
    for (int i = 0; i < length; i++) {
      if (items[i] == item) {
        return true;
      }
    }
    return false;
  }

  void add(int item, boolean clicked, float itsValue) {
    for (int i = 0; i < length; i++) {
      if (items[i] == item) {
        clicks[i] |= clicked;
        value += itsValue;
        return;
      }
    }
    if (!full()) {
      items[length] = item;
      clicks[length++] = clicked;
      value += itsValue;
    }
  }

  int clickCount() {
    int count = 0;
    for (int i = 0; i < length; i++) {
      count += clicks[i] ? 1 : 0;
    }
    return count;
  }
}
