package org.eglr.data;

import java.util.List;

/** The 19 genres of MovieLens 100K, in the order of the flags of {@code u.item}. */
final class Genres {

  static final List<String> NAMES =
      List.of(
          "unknown",
          "Action",
          "Adventure",
          "Animation",
          "Children's",
          "Comedy",
          "Crime",
          "Documentary",
          "Drama",
          "Fantasy",
          "Film-Noir",
          "Horror",
          "Musical",
          "Mystery",
          "Romance",
          "Sci-Fi",
          "Thriller",
          "War",
          "Western");

  private Genres() {}

  /** The name of the dense field (0 or 1) of a genre. */
  static String field(String genre) {
    return "genre_" + genre;
  }
}
