package org.eglr.study;

import java.nio.file.Path;
import org.eglr.data.DataException;
import org.eglr.data.Datasets;
import org.eglr.data.Splits;

/** Real logs that worlds can be made of, by their folder's name where data sets are kept. */
enum RealLog {
  /** MovieLens 100K. */
  MOVIELENS("ml-100k", "MovieLens 100K"),
  /** MovieLens 1M, likewise. */
  MOVIELENS_1M("ml-1m", "MovieLens 1M"),
  /** Tianchi Ad 56, the paper's Ad. */
  TIANCHI("tianchi-ad", "Tianchi Ad 56"),
  /** LibRerank's processed Ad: data.train, data.valid, data.test. */
  LIBRERANK("librerank-ad", "LibRerank Ad"),
  /** KuaiRand-1K, the paper's KuaiRand, with rare videos left out. */
  KUAIRAND("kuairand-1k", "KuaiRand-1K");

  private static final int RARE = 50;

  final String folder;
  final String title;

  RealLog(String folder, String title) {
    this.folder = folder;
    this.title = title;
  }

  /** The log of a folder's name; null where it is none. */
  static RealLog of(String folder) {
    for (RealLog log : values()) {
      if (log.folder.equals(folder)) {
        return log;
      }
    }
    return null;
  }

  /**
   * Its lists.
   *
   * @param length items a list, at most
   * @throws DataException if the data are not there
   */
  Splits splits(int length) {
    Path place = place();
    try {
      return read(place, length);
    } catch (DataException e) { // results are published, without anyone's paths
      throw new DataException(e.getMessage().replace(place.toString(), folder), e);
    }
  }

  private Splits read(Path place, int length) {
    return switch (this) {
      case MOVIELENS, MOVIELENS_1M -> Datasets.movieLens(place).lists(length).split(0.8, 0.1, 0.1);
      case TIANCHI -> Datasets.tianchiAd(place).longest(length).split(0.8, 0.1, 0.1);
      case LIBRERANK ->
          Datasets.libRerankSplits(
              place.resolve("data.train"),
              place.resolve("data.valid"),
              place.resolve("data.test"),
              length);
      case KUAIRAND ->
          Datasets.kuaiRand(place).length(length).minOccurrences(RARE).split(0.8, 0.1, 0.1);
    };
  }

  private Path place() {
    try {
      return Datasets.folder(folder);
    } catch (DataException e) {
      throw new DataException(
          ("no data set '%s': no folder '%s' in EGLR_DATA; the guide's page of published data says"
                  + " where it is had")
              .formatted(title, folder),
          e);
    }
  }
}
