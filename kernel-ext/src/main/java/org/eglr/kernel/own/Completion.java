package org.eglr.kernel.own;

import java.util.List;

/**
 * What could stand in a part of a cell.
 *
 * @param start where the part begins, in characters of Java
 * @param end behind its last character
 * @param texts the candidates, best first
 */
public record Completion(int start, int end, List<String> texts) {

  public Completion {
    texts = List.copyOf(texts);
  }
}
