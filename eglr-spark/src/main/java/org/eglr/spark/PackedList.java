package org.eglr.spark;

import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Schema;

/** A logged list, encoded, as bytes: how it is kept until a step asks for it. */
record PackedList(Request request, boolean[] clicks, float utility) {

  static byte[] of(ListSet lists, int list) {
    boolean[] clicks = new boolean[lists.length(list)];
    for (int k = 0; k < clicks.length; k++) {
      clicks[k] = lists.clicked(list, k);
    }
    Packer into = new Packer().add(lists.pool(list));
    PackedRequest.add(into, lists.request(list));
    return into.add(clicks).add((double) lists.utility(list)).bytes();
  }

  /** Number of candidates of a packed list. */
  static int pool(byte[] bytes) {
    return new Unpacker(bytes).integer();
  }

  static PackedList of(byte[] bytes, Schema schema) {
    Unpacker from = new Unpacker(bytes);
    from.integer();
    Request request = PackedRequest.next(from, schema);
    return new PackedList(request, from.flags(), (float) from.real());
  }
}
