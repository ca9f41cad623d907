package org.eglr.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Finds a data set by its path or by its name: a folder below the system property {@value
 * #PROPERTY}, the environment variable {@value #VARIABLE} or {@code ~/.cache/eglr/data}, in this
 * order.
 *
 * @param properties reads a system property; null where not set
 * @param environment reads an environment variable; null where not set
 */
record DataFolders(UnaryOperator<String> properties, UnaryOperator<String> environment) {

  static final String PROPERTY = "eglr.data";
  static final String VARIABLE = "EGLR_DATA";

  static DataFolders ofSystem() {
    return new DataFolders(System::getProperty, System::getenv);
  }

  /**
   * The folder of a data set.
   *
   * @param nameOrPath a path that exists, where ~ is the home folder, or the name that {@code
   *     ./eglr data} fetches it by
   */
  Path find(String nameOrPath) {
    Path given = path(nameOrPath);
    if (Files.exists(given)) {
      return given;
    }
    List<String> looked = new ArrayList<>(List.of(given.toAbsolutePath().toString()));
    if (given.getNameCount() == 1 && !given.isAbsolute()) {
      for (Path place : places()) {
        Path candidate = place.resolve(given);
        if (Files.isDirectory(candidate)) {
          return candidate;
        }
        looked.add(candidate.toString());
      }
    }
    throw new DataException(
        "no data set '%s'; looked at %s. Fetch it with ./eglr data ml-100k, or give the path of a folder"
            .formatted(DataException.printable(nameOrPath), String.join(", ", looked)));
  }

  /** Where lists that were cut out of large logs are kept. */
  Path cuts() {
    return places().get(0).resolve(".cuts");
  }

  private List<Path> places() {
    List<Path> places = new ArrayList<>();
    for (String chosen : new String[] {properties.apply(PROPERTY), environment.apply(VARIABLE)}) {
      if (chosen != null && !chosen.isBlank()) {
        places.add(path(chosen));
      }
    }
    places.add(home().resolve(".cache").resolve("eglr").resolve("data"));
    return places;
  }

  private Path home() {
    return Path.of(properties.apply("user.home"));
  }

  /** A path as a shell reads it: {@code ~} is the home folder. */
  private Path path(String text) {
    try {
      boolean home = text.equals("~") || text.startsWith("~/");
      return home ? home().resolve(text.substring(Math.min(2, text.length()))) : Path.of(text);
    } catch (InvalidPathException e) {
      throw new DataException(
          "'%s' is no path: %s".formatted(DataException.printable(text), e.getReason()), e);
    }
  }
}
