package org.eglr.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real data, where it has been fetched. */
class MovieLensRealDataTest {

  private static Ratings ratings;

  @BeforeAll
  static void find() {
    java.nio.file.Path folder = null;
    try {
      folder = DataFolders.ofSystem().find("ml-100k");
    } catch (DataException e) {
      abort("MovieLens 100K is not here: " + e.getMessage());
    }
    ratings = Datasets.movieLens(folder);
  }

  @Test
  void holdsWhatItsReadmeSays() {
    assertEquals(100_000, ratings.size());
    assertEquals(943, ratings.users().size());
    assertEquals(1_682, ratings.items().size());
    assertEquals("Toy Story (1995)", ratings.items().label(0));
    assertEquals("unknown", ratings.items().label(266));
    assertEquals("Mis\u00e9rables, Les (1995)", ratings.items().label(542));
    double[] years = ratings.items().values(Field.dense("release_year"));
    double[] known = Arrays.stream(years).filter(year -> !Double.isNaN(year)).sorted().toArray();
    assertEquals(1_681, known.length);
    assertEquals(1922, known[0]);
    assertEquals(1998, known[1_680]);
    double[] drama = ratings.items().values(Field.dense("genre_Drama"));
    assertEquals(725, Arrays.stream(drama).sum());
  }

  @Test
  void makesListsOfTen() {
    Splits splits = ratings.lists(10).split(0.8, 0.1, 0.1);
    Summary summary = splits.log().summary();
    assertEquals(943, summary.users());
    assertEquals(9_596, summary.lists());
    assertEquals(new Summary.Range(10, 10, 10), summary.length());
    assertEquals(960, splits.test().size(), 1);
    assertEquals(960, splits.valid().size(), 1);
    assertTrue(summary.clickRate() > 0.55 && summary.clickRate() < 0.56, summary.toString());
    assertEquals(944, splits.schema().userCategories().get(0).size());
  }
}
