package org.eglr.data;

import static tech.tablesaw.api.ColumnType.DOUBLE;
import static tech.tablesaw.api.ColumnType.INTEGER;
import static tech.tablesaw.api.ColumnType.LONG;
import static tech.tablesaw.api.ColumnType.STRING;

import java.util.List;

/**
 * The three tables of MovieLens 100K and 1M, whatever the files' shape. Users have the columns
 * user_id, age, gender and occupation; ratings user_id, item_id, rating and timestamp; films
 * item_id.
 *
 * @param name of the data set
 * @param users one row a user
 * @param films one row a film
 * @param ratings one row a rating
 * @param title reads the title of a film's row
 * @param flags reads the genres of a film's row: 1 or 0 for each of {@link Genres#NAMES}
 */
record MovieLensTables(
    String name,
    FileTable users,
    FileTable films,
    FileTable ratings,
    RowReader<FilmTitle> title,
    RowReader<double[]> flags) {

  /** Reads something of one row of the films. */
  interface RowReader<T> {
    T read(FileTable films, int row);
  }

  static final FileColumn USER_ID = FileColumn.required("user_id", LONG);
  static final FileColumn AGE = FileColumn.optional("age", INTEGER);
  static final FileColumn GENDER = FileColumn.optional("gender", STRING);
  static final FileColumn OCCUPATION = FileColumn.optional("occupation", STRING);
  static final FileColumn ZIP = FileColumn.skipped("zip_code");

  static final List<FileColumn> USER = List.of(USER_ID, AGE, GENDER, OCCUPATION, ZIP);

  static final List<FileColumn> RATING =
      List.of(
          FileColumn.required("user_id", LONG),
          FileColumn.required("item_id", LONG),
          FileColumn.required("rating", DOUBLE),
          FileColumn.required("timestamp", DOUBLE));
}
