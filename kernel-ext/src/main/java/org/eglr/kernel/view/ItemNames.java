package org.eglr.kernel.view;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** What a pool's candidates are called: in full, and briefly where space is short. */
final class ItemNames {

  private static final int BRIEF = 13;

  private final String[] full;
  private final String[] brief;

  private ItemNames(String[] full, String[] brief) {
    this.full = full;
    this.brief = brief;
  }

  /**
   * Names by labels. Brief ones leave out features in brackets at the end and are cut where they
   * are still long, unless candidates of different labels could then not be told apart.
   */
  static ItemNames of(String[] labels) {
    String[] brief = Arrays.stream(labels).distinct().toArray(String[]::new);
    List<String> distinct = List.of(brief.clone());
    for (UnaryOperator<String> shorter :
        List.<UnaryOperator<String>>of(
            ItemNames::withoutBrackets, ItemNames::beginning, ItemNames::bothEnds)) {
      shorten(brief, shorter);
    }
    return new ItemNames(
        labels, Arrays.stream(labels).map(l -> brief[distinct.indexOf(l)]).toArray(String[]::new));
  }

  /** Candidates as numbers, 1 for the first of the pool. */
  static ItemNames numbers(int pool) {
    String[] numbers = IntStream.rangeClosed(1, pool).mapToObj(i -> "#" + i).toArray(String[]::new);
    return new ItemNames(numbers, numbers);
  }

  String full(int candidate) {
    return full[candidate];
  }

  String brief(int candidate) {
    return brief[candidate];
  }

  private static void shorten(String[] names, UnaryOperator<String> shorter) {
    String[] shortened = Arrays.stream(names).map(shorter).toArray(String[]::new);
    for (int i = 0; i < names.length; i++) {
      String candidate = shortened[i];
      boolean alone = Arrays.stream(shortened).filter(candidate::equals).count() == 1;
      boolean free = names[i].equals(candidate) || !Arrays.asList(names).contains(candidate);
      if (alone && free) {
        names[i] = candidate;
      }
    }
  }

  private static String withoutBrackets(String name) {
    String bare = name.replaceFirst("\\s+\\([^()]*\\)$", "");
    return bare.isEmpty() ? name : bare;
  }

  private static String beginning(String name) {
    return name.length() <= BRIEF ? name : name.substring(0, BRIEF - 1).stripTrailing() + "…";
  }

  private static String bothEnds(String name) {
    return name.length() <= BRIEF
        ? name
        : name.substring(0, BRIEF / 2 - 1).stripTrailing()
            + "…"
            + name.substring(name.length() - BRIEF + BRIEF / 2).stripLeading();
  }
}
