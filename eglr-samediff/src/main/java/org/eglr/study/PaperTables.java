package org.eglr.study;

import java.util.List;
import java.util.Optional;

/** The paper's tables and figures. */
final class PaperTables {

  private PaperTables() {}

  static List<PaperTable> all() {
    return List.of(
        new Table1(),
        new Table2(),
        new Table3(),
        Figure12.figure1(),
        Figure12.figure2(),
        new Figure4(),
        new Figure5(),
        new Table4(),
        new Table5(),
        new Figure6());
  }

  static Optional<PaperTable> named(String name) {
    return all().stream().filter(table -> table.name().equals(name)).findFirst();
  }
}
