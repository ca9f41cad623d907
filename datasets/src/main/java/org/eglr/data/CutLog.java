package org.eglr.data;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A published log that is cut into exposure lists in one pass over its files. What was cut is kept
 * in a compact file and read from there the next time, as long as the log's files (by size and time
 * of change) and the options are the same.
 *
 * @param <S> the log itself
 */
public abstract class CutLog<S extends CutLog<S>> {

  private final Path folder;
  private Path kept = DataFolders.ofSystem().cuts();
  private Consumer<LogProgress> progress = at -> {};

  CutLog(Path folder) {
    this.folder = Objects.requireNonNull(folder, "folder");
  }

  /**
   * Where the lists are kept; by default {@code .cuts} below {@code EGLR_DATA} or {@code
   * ~/.cache/eglr/data}. The folder is made when it is needed; if it cannot be written to, nothing
   * is kept.
   */
  public S keptIn(Path value) {
    kept = Objects.requireNonNull(value, "keptIn");
    return self();
  }

  /** Neither looks for lists that were kept nor keeps any. */
  public S notKept() {
    kept = null;
    return self();
  }

  /**
   * Is told how far the reading is, about five times a second, on the thread that reads. An
   * interrupt of that thread ends the reading; the next one begins anew.
   */
  public S progress(Consumer<LogProgress> listener) {
    progress = Objects.requireNonNull(listener, "progress");
    return self();
  }

  /**
   * The lists: read from where they were kept, or cut out of the log's files.
   *
   * @throws DataException naming file, line, column and value of what cannot be read, or saying
   *     that the thread was interrupted
   */
  public ListLog log() {
    List<Path> files = files();
    ReadProgress reading = ReadProgress.of(progress, files);
    if (kept == null) {
      return cut(reading);
    }
    KeptLists lists = new KeptLists(kept, folder, options(), files);
    return lists
        .read()
        .orElseGet(
            () -> {
              ListLog log = cut(reading);
              reading.stage("keeping the lists");
              lists.write(log).ifPresent(reading::stage);
              return log;
            });
  }

  /**
   * The lists, cut by time as {@link ListLog#split(double, double, double)} does.
   *
   * @param train share of training lists; above 0
   * @param valid share of validation lists
   * @param test share of test lists; the three sum to 1
   */
  public Splits split(double train, double valid, double test) {
    return log().split(train, valid, test);
  }

  /** The folder that was given. */
  Path folder() {
    return folder;
  }

  /** All that decides the lists, beside the files, with the version of the code that cuts. */
  abstract String options();

  /** The files that are read. */
  abstract List<Path> files();

  abstract ListLog cut(ReadProgress reading);

  /** Makes the log of what was cut; its users and items are read from their files. */
  static ListLog assemble(
      String name,
      CutLists lists,
      LongIndex users,
      FeatureFile aboutUsers,
      LongIndex items,
      FeatureFile aboutItems,
      List<String> doubts,
      ReadProgress reading) {
    List<String> warnings = new ArrayList<>(doubts);
    long[] userIds = lists.userIds(users);
    long[] itemIds = lists.itemIds(items);
    Entities userRows = aboutUsers.read("users", userIds, reading, warnings);
    Entities itemRows = aboutItems.read("items", itemIds, reading, warnings);
    ListLog.Builder log = ListLog.builder(name, userRows, itemRows);
    lists.addTo(log, users, userIds, items, itemIds);
    return log.warnings(warnings).build();
  }

  /** Says how many of all there are of something, if there are any. */
  static void doubt(List<String> doubts, long count, long all, String what) {
    if (count > 0) {
      doubts.add(String.format(Locale.ROOT, "%,d of %,d %s", count, all, what));
    }
  }

  static int within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new DataException("%s(%d): allowed is %d to %d".formatted(option, value, least, most));
    }
    return value;
  }

  static Duration atLeastASecond(String option, Duration value) {
    if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofDays(366)) > 0) {
      throw new DataException("%s(%s): allowed is a second to 366 days".formatted(option, value));
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  private S self() {
    return (S) this;
  }
}
