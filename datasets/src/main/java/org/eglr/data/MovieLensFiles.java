package org.eglr.data;

import static tech.tablesaw.api.ColumnType.DOUBLE;
import static tech.tablesaw.api.ColumnType.INTEGER;
import static tech.tablesaw.api.ColumnType.LONG;
import static tech.tablesaw.api.ColumnType.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The three tables of MovieLens 100K, whatever the files' shape. Users have the columns user_id,
 * age, gender and occupation; ratings user_id, item_id, rating and timestamp; films item_id.
 *
 * @param users one row a user
 * @param films one row a film
 * @param ratings one row a rating
 * @param title reads the title of a film's row
 * @param flags reads the genres of a film's row: 1 or 0 for each of {@link Genres#NAMES}
 */
record MovieLensFiles(
    FileTable users,
    FileTable films,
    FileTable ratings,
    RowReader<FilmTitle> title,
    RowReader<double[]> flags) {

  /** Reads something of one row of the films. */
  interface RowReader<T> {
    T read(FileTable films, int row);
  }

  static final List<FileColumn> USER =
      List.of(
          FileColumn.required("user_id", LONG),
          FileColumn.optional("age", INTEGER),
          FileColumn.optional("gender", STRING),
          FileColumn.optional("occupation", STRING),
          FileColumn.skipped("zip_code"));

  static final List<FileColumn> RATING =
      List.of(
          FileColumn.required("user_id", LONG),
          FileColumn.required("item_id", LONG),
          FileColumn.required("rating", DOUBLE),
          FileColumn.required("timestamp", DOUBLE));

  private static final String REMEDY =
      " Fetch the data with ./eglr data ml-100k, or give the folder of your own copy.";

  /** Reads the folder's files in the shape that it has. */
  static MovieLensFiles read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder
              + (Files.exists(folder) ? " is not a folder." : " does not exist.")
              + " MovieLens 100K is a folder of files."
              + REMEDY);
    }
    List<Path> atomic = atomicFiles(folder);
    boolean original = Files.exists(folder.resolve("u.data"));
    if (atomic.size() + (original ? 1 : 0) > 1) {
      throw new DataException(
          "%s holds more than one data set (%s%s); keep one of them there"
              .formatted(
                  folder,
                  original ? "u.data, " : "",
                  String.join(
                      ", ", atomic.stream().map(p -> p.getFileName().toString()).toList())));
    }
    if (original) {
      return MovieLensOriginal.read(
          part(folder, "u.user"), part(folder, "u.item"), folder.resolve("u.data"));
    }
    if (atomic.isEmpty()) {
      throw new DataException(
          folder + " holds neither u.data (GroupLens) nor a .inter file (RecBole)." + REMEDY);
    }
    String name = atomic.get(0).getFileName().toString().replaceFirst("\\.inter$", "");
    return MovieLensAtomic.read(
        part(folder, name + ".user"), part(folder, name + ".item"), atomic.get(0));
  }

  private static Path part(Path folder, String name) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      throw new DataException(folder + " is incomplete: " + name + " is not there." + REMEDY);
    }
    return file;
  }

  private static List<Path> atomicFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".inter")).sorted().toList();
    } catch (IOException e) {
      throw new DataException(folder + " cannot be listed: " + e.getMessage(), e);
    }
  }
}
