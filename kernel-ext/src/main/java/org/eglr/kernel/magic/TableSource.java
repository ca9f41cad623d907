package org.eglr.kernel.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eglr.data.DataException;
import org.eglr.data.Datasets;
import org.eglr.data.ListLog;
import org.eglr.data.TableFile;
import org.eglr.kernel.EglrError;
import tech.tablesaw.api.Table;

/** Where own data come from: a file with a header, or a variable that holds a table. */
final class TableSource {

  private final Session session;

  TableSource(Session session) {
    this.session = session;
  }

  /** Whether the source is written as a variable. */
  static boolean isVariable(String source) {
    return source.startsWith("$");
  }

  ListLog read(String source, TableOptions roles) {
    if (isVariable(source)) {
      return Datasets.table(table(source), roles::apply);
    }
    Path file = new HomePaths().convert(source);
    if (Files.isDirectory(file)) {
      throw new EglrError(
          "%s is a folder; own data are a file with a header, or a table: %%eglr data $table --list ..."
              .formatted(source));
    }
    return Datasets.table(file, roles::apply);
  }

  private Table table(String source) {
    return session.require(
        source.substring(1), Table.class, "Table.read().csv(\"log.csv\") makes a table");
  }

  /** The names of its columns; of a file only the first line is read. None if that fails. */
  List<String> columns(String source) {
    try {
      return isVariable(source)
          ? table(source).columnNames()
          : TableFile.columns(new HomePaths().convert(source));
    } catch (DataException | EglrError e) {
      return List.of(); // What is wrong is said when the line runs, not while it is written.
    }
  }
}
