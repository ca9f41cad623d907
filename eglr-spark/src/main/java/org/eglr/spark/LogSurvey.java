package org.eglr.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.eglr.data.DataException;

/**
 * What must be known of all rows of a log before any is encoded: what is wrong, what is missing.
 */
final class LogSurvey implements Serializable {

  /** Lists that are looked at together. */
  static final int CHUNK = 512;

  private final String wrong; // null: nothing
  private final Set<String> userGaps = new LinkedHashSet<>();
  private final Set<String> candidateGaps = new LinkedHashSet<>();

  private LogSurvey(String wrong) {
    this.wrong = wrong;
  }

  /**
   * Looks at all rows.
   *
   * @param firsts the number of each partition's first list
   * @throws DataException if a list is none; the first of those
   */
  static LogRows.Gaps of(JavaRDD<Row> rows, LogRows log, int[] firsts) {
    List<LogSurvey> found =
        TrainingJobs.run(
            () ->
                rows.mapPartitionsWithIndex(
                        (p, lists) -> List.of(of(lists, log, firsts[p])).iterator(), true)
                    .collect());
    LogSurvey all = new LogSurvey(null);
    for (LogSurvey part : found) {
      if (part.wrong != null) {
        throw new DataException(part.wrong);
      }
      all.userGaps.addAll(part.userGaps);
      all.candidateGaps.addAll(part.candidateGaps);
    }
    return new LogRows.Gaps(all.userGaps, all.candidateGaps);
  }

  private static LogSurvey of(Iterator<Row> lists, LogRows log, int first) {
    LogSurvey survey = new LogSurvey(null);
    EntityFields users = new EntityFields(log.user());
    EntityFields items = new EntityFields(log.candidate());
    int at = first;
    while (lists.hasNext()) {
      List<Row> chunk = chunk(lists);
      try {
        log.log(name(at), chunk, at, LogRows.Gaps.AS_FOUND);
      } catch (DataException e) {
        return new LogSurvey(e.getMessage());
      }
      for (Row list : chunk) {
        gaps(users, log.userOf(list), survey.userGaps);
        List<Row> candidates = list.getList(0);
        candidates.forEach(candidate -> gaps(items, candidate, survey.candidateGaps));
      }
      at += chunk.size();
    }
    return survey;
  }

  private static void gaps(EntityFields fields, Row row, Set<String> into) {
    for (int f = 0; f < fields.denseNames().length; f++) {
      if (Double.isNaN(fields.dense(row, f))) {
        into.add(fields.denseNames()[f]);
      }
    }
  }

  /** What messages call lists from one on. */
  static String name(int first) {
    return first == 0 ? "log" : "log after list " + first;
  }

  /** The next rows of a partition. */
  static List<Row> chunk(Iterator<Row> lists) {
    List<Row> chunk = new ArrayList<>(CHUNK);
    while (chunk.size() < CHUNK && lists.hasNext()) {
      chunk.add(lists.next());
    }
    return chunk;
  }
}
