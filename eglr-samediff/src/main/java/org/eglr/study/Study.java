package org.eglr.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A question and the runs that answer it: each variant in each world, with each seed. Differences
 * are taken to the first variant.
 *
 * @param name on the command line, and of its result file
 * @param question it answers, one sentence
 * @param worlds of seed 1; other seeds are the same conditions drawn anew
 * @param sorted whether lists sorted by the evaluator come first
 * @param common settings of all variants
 */
record Study(
    String name,
    String question,
    List<World> worlds,
    boolean sorted,
    Map<String, Object> common,
    List<Variant> variants) {

  /** A trial of some seconds, whose numbers mean nothing. */
  Study small() {
    return new Study(
        name,
        question,
        worlds.stream().map(world -> world.withLists(300)).distinct().toList(),
        sorted,
        with(common, Map.of("width", 8, "heads", 2, "evaluator.epochs", 1)),
        variants.stream()
            .map(v -> new Variant(v.name(), with(v.settings(), Map.of("grpo.steps", 4))))
            .toList());
  }

  private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> others) {
    Map<String, Object> all = new LinkedHashMap<>(some);
    all.putAll(others);
    return all;
  }
}
