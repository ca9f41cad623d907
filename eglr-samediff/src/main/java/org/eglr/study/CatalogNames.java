package org.eglr.study;

import java.util.ArrayList;
import java.util.List;
import org.eglr.rerank.RerankerCatalog;
import org.eglr.rerank.RerankerKind;
import org.eglr.rerank.RerankerKind.Need;

/** Kinds of the catalogue that a world can have. */
final class CatalogNames {

  private CatalogNames() {}

  /** Of some names those that are there, in their order. */
  static List<String> there(List<String> wanted, Bench bench) {
    List<String> known = possible(bench);
    return wanted.stream().filter(known::contains).toList();
  }

  /**
   * Systems by their defaults, as far as their needs are met.
   *
   * @param wanted their names; empty: all
   * @param baseline is there in any case
   */
  static List<PaperSystem> systems(Bench bench, List<String> wanted, String baseline) {
    List<PaperSystem> systems = new ArrayList<>();
    possible(bench).stream()
        .filter(kind -> wanted.isEmpty() || wanted.contains(kind) || kind.equals(baseline))
        .forEach(kind -> systems.add(CatalogSystem.named(kind)));
    return systems;
  }

  /** All whose needs are met. */
  static List<String> possible(Bench bench) {
    return RerankerCatalog.all().stream()
        .filter(kind -> bench.measured().hasTruth() || !kind.needs(Need.TRUTH))
        .map(RerankerKind::name)
        .toList();
  }
}
