package org.eglr.study;

import java.util.List;
import java.util.Optional;

/** The paper's tables and figures. */
final class PaperTables {

  private PaperTables() {}

  static List<PaperTable> all() {
    return all(List.of());
  }

  /**
   * As {@link #all()}, Table 2 of some systems only.
   *
   * @param systems names of the catalogue; empty: all
   */
  static List<PaperTable> all(List<String> systems) {
    return List.of(
        new Table1(),
        new Table2(systems),
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
