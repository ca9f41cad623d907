package org.eglr.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What all tasks of a JVM share: made by the first that asks for it, and let go when others were
 * asked for since.
 */
final class PerJvm<T> {

  private final Map<String, T> known;

  /**
   * @param kept how many are kept
   * @param letGo frees one; a task that still computes with it goes on, so it waits for those
   */
  PerJvm(int kept, Consumer<T> letGo) {
    known =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            if (size() <= kept) {
              return false;
            }
            letGo.accept(eldest.getValue());
            return true;
          }
        };
  }

  T get(String key, Supplier<T> make) {
    synchronized (known) {
      T there = known.get(key);
      if (there == null) {
        there = make.get();
        known.put(key, there);
      }
      return there;
    }
  }
}
