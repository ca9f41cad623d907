package org.eglr.data;

import java.nio.file.Path;

/** One cell of a text file, and where it stands. */
record Cell(Path file, int line, String column, String text) {

  DataException error(String problem) {
    return DataException.at(file, line, column, text, problem);
  }
}
