package org.eglr.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with a MovieLens data set in one of its shapes: GroupLens' of 100K ({@code u.data}), of
 * 1M ({@code ratings.dat}), of 20M and later ({@code ratings.csv}), or RecBole's ({@code
 * NAME.inter}).
 */
final class MovieLensFolder {

  private static final String REMEDY =
      " Fetch the data with ./eglr data ml-100k, or give the folder of your own copy.";
  private static final String ORIGINAL = "u.data";
  private static final String MILLION = "ratings.dat";
  private static final String CSV = "ratings.csv";

  private final Path folder;

  private MovieLensFolder(Path folder) {
    this.folder = folder;
  }

  /** Reads the folder's files in the shape that they have. */
  static Ratings read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder
              + (Files.exists(folder) ? " is not a folder." : " does not exist.")
              + " MovieLens is a folder of files."
              + REMEDY);
    }
    return new MovieLensFolder(folder).read();
  }

  private Ratings read() {
    List<String> found = new ArrayList<>();
    Stream.of(ORIGINAL, MILLION, CSV).filter(this::has).forEach(found::add);
    found.addAll(atomicFiles());
    if (found.size() > 1) {
      throw new DataException(
          "%s holds more than one data set (%s); keep one of them there"
              .formatted(folder, String.join(", ", found)));
    }
    if (found.isEmpty()) {
      throw new DataException(
          folder
              + " holds neither u.data, ratings.dat or ratings.csv (GroupLens) nor a .inter file"
              + " (RecBole)."
              + REMEDY);
    }
    Path ratings = folder.resolve(found.get(0));
    return switch (found.get(0)) {
      case ORIGINAL ->
          MovieLens.of(MovieLensOriginal.read(part("u.user"), part("u.item"), ratings));
      case MILLION -> {
        if (!has("users.dat")) {
          throw new DataException(
              folder
                  + " has ratings.dat, but no users.dat: of MovieLens 1M it is missing, and 10M,"
                  + " which has none, is not read; take 1M, or 20M and later");
        }
        yield MovieLens.of(MovieLensMillion.read(part("users.dat"), part("movies.dat"), ratings));
      }
      case CSV -> MovieLensCsv.read(name(), ratings, part("movies.csv"));
      default -> {
        String name = found.get(0).replaceFirst("\\.inter$", "");
        yield MovieLens.of(
            MovieLensAtomic.read(name, part(name + ".user"), part(name + ".item"), ratings));
      }
    };
  }

  /** The folder's own name: the files say nothing of their version. */
  private String name() {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  private boolean has(String name) {
    return Files.exists(folder.resolve(name));
  }

  private Path part(String name) {
    if (!has(name)) {
      throw new DataException(folder + " is incomplete: " + name + " is not there." + REMEDY);
    }
    return folder.resolve(name);
  }

  private List<String> atomicFiles() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".inter"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DataException(folder + " cannot be listed: " + e.getMessage(), e);
    }
  }
}
