package org.eglr.internal.trees;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.eglr.data.DataException;

/**
 * Reads the text that LightGBM saves a model as. Every number that a tree is walked by is checked:
 * whatever the text, evaluating it ends and stays within its arrays.
 */
public final class TreeText {

  private static final int MOST_TREES = 100_000;

  private final Iterator<String> lines;
  private final int width;

  private TreeText(String text, int width) {
    lines = text.lines().iterator();
    this.width = width;
  }

  /**
   * @param width number of features that the model must be of
   * @throws DataException saying what is wrong with the text
   */
  public static TreeEnsemble read(String text, int width) {
    try {
      return new TreeText(text, width).read();
    } catch (NumberFormatException e) {
      throw new DataException("LightGBM model: " + e.getMessage(), e);
    }
  }

  private TreeEnsemble read() {
    Map<String, String> head = section();
    require(head, "num_class", "1");
    require(head, "num_tree_per_iteration", "1");
    require(head, "max_feature_idx", String.valueOf(width - 1));
    if (head.containsKey("average_output")) {
      throw wrong("it averages its trees; only sums are known");
    }
    List<Tree> trees = new ArrayList<>();
    Map<String, String> section = section();
    while (section.containsKey("Tree")) {
      if (trees.size() == MOST_TREES) {
        throw wrong("it has more than " + MOST_TREES + " trees");
      }
      trees.add(tree(section, trees.size()));
      section = section();
    }
    if (!section.containsKey("end of trees")) {
      throw wrong("it ends before 'end of trees'");
    }
    return new TreeEnsemble(width, trees);
  }

  /** The settings of the lines up to the next empty one; those without a value have "". */
  private Map<String, String> section() {
    Map<String, String> found = new HashMap<>();
    while (lines.hasNext()) {
      String line = lines.next();
      if (!line.isEmpty()) {
        int equals = line.indexOf('=');
        found.put(equals < 0 ? line : line.substring(0, equals), line.substring(equals + 1));
      } else if (!found.isEmpty()) {
        break;
      }
    }
    return found;
  }

  private static void require(Map<String, String> head, String name, String value) {
    if (!value.equals(head.get(name))) {
      throw wrong("%s is %s; it must be %s".formatted(name, head.get(name), value));
    }
  }

  private static DataException wrong(String what) {
    return new DataException("LightGBM model: " + what);
  }

  private Tree tree(Map<String, String> text, int number) {
    Numbers numbers = new Numbers(text, "tree " + number);
    int leaves = numbers.ints("num_leaves", 1)[0];
    int sets = numbers.ints("num_cat", 1)[0];
    if (leaves < 1 || sets < 0 || !text.getOrDefault("is_linear", "0").equals("0")) {
      throw wrong("tree %d has %d leaves, %d sets or is linear".formatted(number, leaves, sets));
    }
    int inner = leaves - 1;
    Tree tree =
        new Tree(
            numbers.ints("split_feature", inner),
            numbers.doubles("threshold", inner),
            numbers.ints("decision_type", inner),
            numbers.ints("left_child", inner),
            numbers.ints("right_child", inner),
            numbers.doubles("leaf_value", leaves),
            sets == 0 ? new int[1] : numbers.ints("cat_boundaries", sets + 1),
            sets == 0 ? new int[0] : numbers.ints("cat_threshold", -1));
    check(tree, number);
    return tree;
  }

  private void check(Tree tree, int number) {
    for (int set = 0; set + 1 < tree.setStart().length; set++) {
      if (tree.setStart()[set] > tree.setStart()[set + 1]) {
        throw wrong("tree %d: cat_boundaries descend".formatted(number));
      }
    }
    int end = tree.setStart()[tree.setStart().length - 1];
    if (tree.setStart()[0] != 0 || end != tree.sets().length) {
      throw wrong("tree %d: cat_boundaries do not fit cat_threshold".formatted(number));
    }
    for (int node = 0; node < tree.feature().length; node++) {
      int feature = tree.feature()[node];
      boolean categorical = (tree.decision()[node] & 1) == 1;
      double threshold = tree.threshold()[node];
      if (feature < 0
          || feature >= width
          || !isChild(tree.left()[node], node, tree)
          || !isChild(tree.right()[node], node, tree)
          || categorical && !(threshold >= 0 && threshold < tree.setStart().length - 1)) {
        throw wrong("tree %d: node %d points out of the tree".formatted(number, node));
      }
    }
  }

  /** A leaf, or an inner node further on: a walk cannot go in circles. */
  private static boolean isChild(int child, int node, Tree tree) {
    return child < 0 ? ~child < tree.leaf().length : child > node && child < tree.feature().length;
  }

  /** The numbers of a tree. */
  private record Numbers(Map<String, String> text, String where) {

    private double[] read(String name, int count, ToDoubleFunction<String> number) {
      String value = text.getOrDefault(name, "");
      String[] words = value.isEmpty() ? new String[0] : value.split(" ");
      if (count >= 0 && words.length != count) {
        throw wrong("%s: %s has %d numbers of %d".formatted(where, name, words.length, count));
      }
      double[] numbers = new double[words.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = number.applyAsDouble(words[i]);
        if (!Double.isFinite(numbers[i])) {
          throw wrong("%s: %s has %s".formatted(where, name, words[i]));
        }
      }
      return numbers;
    }

    double[] doubles(String name, int count) {
      return read(name, count, Double::parseDouble);
    }

    /** Also of unsigned words, whose bits count. */
    int[] ints(String name, int count) {
      double[] numbers =
          read(
              name,
              count,
              word ->
                  word.startsWith("-") ? Integer.parseInt(word) : Integer.parseUnsignedInt(word));
      int[] ints = new int[numbers.length];
      for (int i = 0; i < ints.length; i++) {
        ints[i] = (int) numbers[i];
      }
      return ints;
    }
  }
}
