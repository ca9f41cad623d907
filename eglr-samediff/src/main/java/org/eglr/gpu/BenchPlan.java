package org.eglr.gpu;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What to measure.
 *
 * @param lists batch sizes, growing
 * @param seconds after which nothing new is begun
 */
record BenchPlan(int[] widths, int[] pools, int[] lists, double seconds) {

  static final String GENERATION = "generation";
  static final String GRPO_STEP = "GRPO step";

  /** Where the device is to prove itself; measured first and with more time than others. */
  private static final int MARK_WIDTH = 512;

  private static final int MARK_POOL = 10;
  static final int MARK_LISTS = 16_384;

  /** Work with batches of all sizes. */
  record Row(String work, int width, int pool) {

    boolean isMark() {
      return width == MARK_WIDTH && pool == MARK_POOL;
    }
  }

  /** Whether the place is the mark's, or that of generation beside it. */
  static boolean isMark(BenchCell cell) {
    return cell.width() == MARK_WIDTH && cell.pool() == MARK_POOL && cell.lists() == MARK_LISTS;
  }

  static BenchPlan named(String name, double seconds) {
    return switch (name) {
      case "full" ->
          new BenchPlan(
              new int[] {64, 256, 512},
              new int[] {10, 100, 1000},
              new int[] {256, 1024, 4096, MARK_LISTS, 65_536},
              seconds);
      case "quick" -> new BenchPlan(new int[] {16}, new int[] {10}, new int[] {64, 128}, seconds);
      case "none" -> new BenchPlan(new int[0], new int[0], new int[0], 0);
      default ->
          throw new IllegalArgumentException(
              "benchmark '" + name + "'; allowed: full, quick, none");
    };
  }

  /** The largest batch that a step's profile is taken of: the mark's, or what a trial has. */
  Optional<BenchBatch.Size> profiled() {
    return widths.length == 0
        ? Optional.empty()
        : Optional.of(
            new BenchBatch.Size(
                widths[widths.length - 1],
                pools[0],
                Math.min(MARK_LISTS, lists[lists.length - 1])));
  }

  /** The place of the marks, for the report. */
  static Map<String, Object> mark() {
    return Map.of("work", GRPO_STEP, "width", MARK_WIDTH, "pool", MARK_POOL, "lists", MARK_LISTS);
  }

  /**
   * The mark's rows come first; then small pools and widths, so that what fits into the time is a
   * whole corner.
   */
  List<Row> rows() {
    return IntStream.of(pools)
        .boxed()
        .flatMap(pool -> IntStream.of(widths).boxed().flatMap(width -> works(width, pool)))
        .sorted(Comparator.comparing(row -> !row.isMark())) // stable
        .toList();
  }

  private static Stream<Row> works(int width, int pool) {
    return Stream.of(GRPO_STEP, GENERATION).map(work -> new Row(work, width, pool));
  }

  /**
   * Seconds that a row may take: a quarter of all for each of the mark's, an equal part of what is
   * left for the others.
   *
   * @param rowsLeft rows not yet measured, this one included
   * @param elapsed seconds since the benchmark began
   */
  double share(Row row, int rowsLeft, double elapsed) {
    return row.isMark() ? seconds / 4 : (seconds - elapsed) / rowsLeft;
  }
}
