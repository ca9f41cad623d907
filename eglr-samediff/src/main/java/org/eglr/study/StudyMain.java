package org.eglr.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.eglr.Progress;

/** {@code ./eglr experiment}: runs a study and writes its CSV file after each world. */
final class StudyMain {

  /** Names all of the paper's tables and figures. */
  static final String ALL = "all";

  /** The exit status where what was asked cannot be done; a JVM that fails by itself says 1. */
  private static final int REFUSED = 2;

  /** Worlds and seeds of a study. */
  private static final int USUAL = 3;

  private StudyMain() {}

  /**
   * @param args name of the study or table, number of worlds, of seeds (0: the usual ones), {@code
   *     small}, {@code full} or of a table {@code quick}, a part of the conditions' names or {@code
   *     all}, folder of results, and of Table 2 the systems, separated by commas
   */
  public static void main(String[] args) {
    try {
      run(args);
      System.out.flush();
      Runtime.getRuntime().halt(0); // native libraries crash at times while a JVM ends by itself
    } catch (IllegalArgumentException e) {
      System.err.println("eglr: " + e.getMessage());
      System.exit(REFUSED);
    }
  }

  static void run(String[] args) {
    if (args.length == 0) {
      Studies.all().forEach(study -> System.out.println(study.name() + "  " + study.question()));
      PaperTables.all().forEach(table -> System.out.println(table.name() + "  " + table.claim()));
      System.out.println(ALL + "  All tables and figures of the paper.");
      return;
    }
    if (args[0].equals(ALL) || PaperTables.named(args[0]).isPresent()) {
      paper(args);
      return;
    }
    Study asked = Studies.named(args[0]);
    boolean small = args[3].equals("small");
    if (!small && !args[3].equals("full")) {
      throw new IllegalArgumentException(
          "the study '%s' has no size '%s'; it has full and small".formatted(args[0], args[3]));
    }
    Study study = small ? asked.small() : asked;
    long[] seeds = LongStream.rangeClosed(1, count(args[2], USUAL)).toArray();
    Path folder = Path.of(args[5]);
    List<World> worlds = new ArrayList<>();
    for (World world : study.worlds()) {
      long drawn = world.real() ? 1 : count(args[1], USUAL);
      for (long w = 1; w <= drawn; w++) {
        if (args[4].equals("all") || world.condition().contains(args[4])) {
          worlds.add(world.withSeed(w));
        }
      }
    }
    List<StudyRow> rows = new ArrayList<>();
    for (World world : worlds) {
      String where = world.condition() + ", world " + world.seed();
      StudyRun run = new StudyRun(study, seeds, folder.resolve("runs"), progress(where));
      rows.addAll(run.run(world));
      StudyFile.update(folder.resolve(study.name() + (small ? "-small" : "") + ".csv"), rows);
    }
    System.out.println();
    System.out.print(StudySummary.of(rows));
    System.out.println(
        "got: 0 % as the best lists by single items, 100 % as local search on the truth; "
            + World.MEASURED
            + " test lists a world, seeds "
            + Arrays.toString(seeds)
            + "; ± half of a 95 % interval, lists paired, users redrawn");
  }

  /** Fills one table or figure of the paper, or all. */
  private static void paper(String[] args) {
    PaperRun run =
        new PaperRun(
            PaperSize.named(args[3]),
            count(args[1], 1),
            count(args[2], 0),
            args[4],
            Path.of(args[5]));
    List<String> systems =
        args.length < 7 || args[6].isBlank() ? List.of() : List.of(args[6].split(","));
    for (PaperTable table : PaperTables.all(systems)) {
      boolean one = table.name().equals(args[0]);
      if (one || args[0].equals(ALL) && run.concerns(table)) {
        System.out.println("\n" + table.name() + ": " + table.claim());
        System.out.print(PaperText.of(run.fill(table)));
      }
    }
  }

  /** A number that was asked for, or the usual one for 0. */
  private static int count(String asked, int usual) {
    int given = Integer.parseInt(asked);
    return given == 0 ? usual : given;
  }

  private static Progress progress(String where) {
    long[] last = {0};
    return (share, secondsLeft, what) -> {
      long now = System.nanoTime();
      if (now - last[0] > 10e9) {
        last[0] = now;
        System.err.printf(
            Locale.ROOT, "%s: %.0f %%, %.0f s left (%s)%n", where, 100 * share, secondsLeft, what);
      }
    };
  }
}
