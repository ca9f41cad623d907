package org.eglr.study;

import java.util.List;
import java.util.stream.Collectors;

/** The studies there are. */
final class Studies {

  private Studies() {}

  static List<Study> all() {
    return List.of(
        EvaluatorStudies.defaults(),
        EvaluatorStudies.pairs(),
        ReasoningStudies.reasoning(),
        ReasoningStudies.reasoningByTruth(),
        EvaluatorStudies.pessimism(),
        EvaluatorStudies.moviesAgainstSorting());
  }

  /**
   * @throws IllegalArgumentException naming the studies there are
   */
  static Study named(String name) {
    return all().stream()
        .filter(study -> study.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no study '%s'; there are %s, %s, %s"
                        .formatted(
                            name,
                            all().stream().map(Study::name).collect(Collectors.joining(", ")),
                            PaperTables.all().stream()
                                .map(PaperTable::name)
                                .collect(Collectors.joining(", ")),
                            StudyMain.ALL)));
  }
}
