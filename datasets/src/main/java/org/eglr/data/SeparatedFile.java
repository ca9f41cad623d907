package org.eglr.data;

import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.AddCellToColumnException;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Reads a text file of separated columns through Tablesaw with a declared schema: no type is
 * guessed, quotes and '#' are ordinary characters, only an empty cell is missing, and every line
 * has every column. What Tablesaw would let pass in silence (a blank line, 1,5 read as 15, a
 * comment) is refused before.
 */
final class SeparatedFile {

  static final TextLimits LIMITS = new TextLimits(64L << 20, 2_000_000, 1 << 14);
  static final int MAX_CELL = 1_000;

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?");

  /** Stands for "no such character": control characters are refused in the text itself. */
  private static final char NEVER = '\u0001';

  private final Path file;
  private final char separator;
  private final List<FileColumn> columns;
  private final StringBuilder text = new StringBuilder();
  private int rows;

  private SeparatedFile(Path file, char separator, List<FileColumn> columns) {
    this.file = file;
    this.separator = separator;
    this.columns = columns;
  }

  /** Reads a file without a header line. */
  static FileTable read(Path file, Charset charset, char separator, List<FileColumn> columns) {
    return new SeparatedFile(file, separator, columns).read(charset, null);
  }

  /**
   * Reads a file whose first line must be the given one.
   *
   * @param header the names of the columns as the file writes them
   */
  static FileTable read(
      Path file, Charset charset, char separator, List<FileColumn> columns, List<String> header) {
    return new SeparatedFile(file, separator, columns).read(charset, header);
  }

  private FileTable read(Charset charset, List<String> header) {
    try (TextLines lines = TextLines.open(file, charset, LIMITS)) {
      if (header != null) {
        checkHeader(lines.next(), header);
      }
      int blank = 0;
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.isBlank()) {
          blank = blank == 0 ? lines.number() : blank;
        } else if (blank > 0) {
          throw DataException.at(file, blank, "empty line within the file; remove it");
        } else {
          checkLine(line, lines.number());
          text.append(line).append('\n');
          rows++;
        }
      }
    }
    if (rows == 0) {
      throw new DataException(
          file.getFileName() + " has no rows; the file is empty or cut off, fetch it again");
    }
    FileTable table = new FileTable(file, parse(header == null ? 1 : 2), header == null ? 1 : 2);
    requireCells(table);
    return table;
  }

  private void checkHeader(String line, List<String> header) {
    String found = line == null ? "" : line;
    if (!List.of(split(found)).equals(header)) {
      throw DataException.at(
          file,
          1,
          "the header is '%s'; expected is '%s'"
              .formatted(DataException.printable(found), String.join(" ", header)));
    }
  }

  private void checkLine(String line, int number) {
    String[] cells = split(line);
    if (cells.length != columns.size()) {
      throw DataException.at(
          file,
          number,
          "%d columns; expected are %d separated by %s: %s. The file may be cut off or of another format"
              .formatted(
                  cells.length,
                  columns.size(),
                  separator == '\t' ? "tabs" : "'" + separator + "'",
                  columns.stream().map(FileColumn::name).collect(Collectors.joining(", "))));
    }
    for (int c = 0; c < cells.length; c++) {
      FileColumn column = columns.get(c);
      String cell = cells[c].strip();
      if (cell.length() > MAX_CELL) {
        throw DataException.at(
            file,
            number,
            column.name(),
            cell,
            String.format(Locale.ROOT, "is longer than %,d characters", MAX_CELL));
      }
      if (column.numeric() && !cell.isEmpty() && !NUMBER.matcher(cell).matches()) {
        throw notANumber(number, column, cell);
      }
    }
  }

  private Table parse(int firstLine) {
    CsvReadOptions options =
        CsvReadOptions.builder(new StringReader(text.toString()))
            .tableName(file.getFileName().toString())
            .header(false)
            .columnTypes(columns.stream().map(FileColumn::type).toArray(ColumnType[]::new))
            .separator(separator)
            .lineEnding("\n")
            .quoteChar(NEVER)
            .escapeChar(NEVER)
            .commentPrefix(NEVER)
            .missingValueIndicator("")
            .maxCharsPerColumn(LIMITS.lineBytes() + 1)
            .maxNumberOfColumns(columns.size())
            .build();
    try {
      Table table = Table.read().usingOptions(options);
      List<FileColumn> kept = columns.stream().filter(c -> c.type() != ColumnType.SKIP).toList();
      for (int c = 0; c < kept.size(); c++) {
        table.column(c).setName(kept.get(c).name());
      }
      return table;
    } catch (AddCellToColumnException e) {
      int row = (int) e.getRowNumber();
      String line = text.toString().lines().skip(row).findFirst().orElseThrow();
      throw notANumber(
          firstLine + row, columns.get(e.getColumnIndex()), split(line)[e.getColumnIndex()]);
    }
  }

  private void requireCells(FileTable read) {
    for (FileColumn column : columns) {
      if (column.required()) {
        for (int row = 0; row < read.size(); row++) {
          if (read.table().column(column.name()).isMissing(row)) {
            throw read.error(row, column.name(), "is empty; every line needs a value here");
          }
        }
      }
    }
  }

  private DataException notANumber(int line, FileColumn column, String cell) {
    return DataException.at(
        file,
        line,
        column.name(),
        cell,
        column.type() == ColumnType.INTEGER
            ? "is not a whole number (within ±2,147,483,647)"
            : "is not a number");
  }

  private String[] split(String line) {
    return line.split(Pattern.quote(String.valueOf(separator)), -1);
  }
}
