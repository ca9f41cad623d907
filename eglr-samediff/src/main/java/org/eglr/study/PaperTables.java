package org.eglr.study;

import java.util.List;
import java.util.Optional;

/** The paper's tables and figures, and what stands beside them. */
final class PaperTables {

  private PaperTables() {}

  static List<PaperTable> all() {
    return all(List.of());
  }

  /**
   * As {@link #all()}, those of many systems with some only.
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
        new Figure6(),
        new AgainstInitial(systems));
  }

  static Optional<PaperTable> named(String name) {
    return all().stream().filter(table -> table.name().equals(name)).findFirst();
  }
}
