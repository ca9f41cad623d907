package org.eglr.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A question and the runs that answer it: each variant in each world, with each seed. Differences
 * are taken to the first row, and to another variant.
 *
 * @param name on the command line, and of its result file
 * @param question it answers, one sentence
 * @param worlds of seed 1; other seeds are the same conditions drawn anew
 * @param first row: what is measured without a generator
 * @param common settings of all variants
 */
record Study(
    String name,
    String question,
    List<World> worlds,
    First first,
    Map<String, Object> common,
    List<Variant> variants) {

  /** A row before the variants, which trains no generator. */
  enum First {
    /** There is none: the first variant is the first row. */
    NONE,
    /** Lists as they were given. */
    INITIAL_ORDER,
    /** Lists sorted by the evaluator. */
    SORTED_ALONE
  }

  /** A trial of some seconds, whose numbers mean nothing. */
  Study small() {
    return new Study(
        name,
        question,
        worlds.stream().map(world -> world.withLists(300)).distinct().toList(),
        first,
        with(common, Map.of("width", 8, "heads", 2, "evaluator.epochs", 1)),
        variants.stream()
            .map(
                v ->
                    new Variant(v.name(), with(v.settings(), Map.of("grpo.steps", 4)), v.against()))
            .toList());
  }

  private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> others) {
    Map<String, Object> all = new LinkedHashMap<>(some);
    all.putAll(others);
    return all;
  }
}
