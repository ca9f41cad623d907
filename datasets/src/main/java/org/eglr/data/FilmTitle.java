package org.eglr.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A film's title as people read it, and its year.
 *
 * @param label name with the year in brackets, "Toy Story (1995)", or the name alone
 * @param year year of release; NaN where unknown
 */
record FilmTitle(String label, double year) {

  /** A name, the year, and at times the mark of a film that went straight to video. */
  private static final Pattern WITH_YEAR =
      Pattern.compile("(.*\\S)\\s*\\((\\d{4})\\)(?:\\s*\\(V\\))?");

  /** MovieLens writes the year into the title: "Toy Story (1995)". */
  static FilmTitle ofOriginal(String title) {
    Matcher matcher = WITH_YEAR.matcher(title);
    return matcher.matches()
        ? new FilmTitle(
            matcher.group(1) + " (" + matcher.group(2) + ")", Double.parseDouble(matcher.group(2)))
        : new FilmTitle(title, Double.NaN);
  }

  /**
   * RecBole cuts off the last bracket of the title as the year: mostly a year, "V" for the one film
   * whose title ends in "(1995) (V)", and its own spelling of "unknown".
   *
   * @param year the year's cell; null where empty
   * @return null if the year is none of these
   */
  static FilmTitle ofAtomic(String title, String year) {
    if (year == null || year.equals("unknown") || year.equals("unkonwn")) {
      return ofOriginal(title.equals("unkonwn") ? "unknown" : title);
    }
    return year.matches("\\d{4}|V") ? ofOriginal(title + " (" + year + ")") : null;
  }
}
