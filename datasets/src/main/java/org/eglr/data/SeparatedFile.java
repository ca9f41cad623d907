package org.eglr.data;

import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
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

  /** With the zeros that numbers get which were floats once: 24.0. */
  private static final Pattern WHOLE = Pattern.compile("([+-]?\\d+)(\\.0+)?");

  /** Stands for "no such character": control characters are refused in the text itself. */
  private static final char NEVER = '\u0001';

  /** Stands between columns that several characters separate, as Tablesaw knows but one. */
  private static final Separator BETWEEN = new Separator("\u0002");

  private final Path file;
  private final Separator separator;
  private final Separator kept;
  private final StringBuilder text = new StringBuilder();
  private List<FileColumn> columns;
  private int rows;

  private SeparatedFile(Path file, String separator) {
    this.file = file;
    this.separator = new Separator(separator);
    this.kept = separator.length() == 1 ? this.separator : BETWEEN;
  }

  /** Reads a file without a header line. */
  static FileTable read(Path file, Charset charset, String separator, List<FileColumn> columns) {
    SeparatedFile reader = new SeparatedFile(file, separator);
    reader.columns = columns;
    return reader.read(charset, null);
  }

  /**
   * Reads a file whose first line names its columns: those given, in any order, and perhaps others.
   *
   * @param header the names of the columns as the file writes them
   */
  static FileTable read(
      Path file, Charset charset, String separator, List<FileColumn> columns, List<String> header) {
    return new SeparatedFile(file, separator).read(charset, new FileHeader(columns, header));
  }

  private FileTable read(Charset charset, FileHeader header) {
    try (TextLines lines = TextLines.open(file, charset, LIMITS)) {
      if (header != null) {
        columns = header.arrange(file, lines.next(), separator);
      }
      for (String line = lines.nextFilled(); line != null; line = lines.nextFilled()) {
        checkLine(line, lines.number());
        text.append(line.replace(separator.text(), kept.text())).append('\n');
        rows++;
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

  private void checkLine(String line, int number) {
    List<String> cells = separator.split(line);
    if (cells.size() != columns.size()) {
      throw DataException.at(file, number, otherColumns(line, cells.size()));
    }
    for (int c = 0; c < cells.size(); c++) {
      FileColumn column = columns.get(c);
      String cell = cells.get(c).strip();
      if (cell.length() > MAX_CELL) {
        throw DataException.at(
            file,
            number,
            column.name(),
            cell,
            String.format(Locale.ROOT, "is longer than %,d characters", MAX_CELL));
      }
      if (column.numeric() && !cell.isEmpty() && !isNumber(column, cell)) {
        throw notANumber(number, column, cell);
      }
    }
  }

  private String otherColumns(String line, int found) {
    return separator
        .insteadIn(line, cells -> cells.size() == columns.size())
        .orElseGet(
            () ->
                "%d columns; expected are %d separated by %s: %s. The file may be cut off or of another format"
                    .formatted(
                        found,
                        columns.size(),
                        separator.words(),
                        columns.stream().map(FileColumn::name).collect(Collectors.joining(", "))));
  }

  /** Whether the column holds the number as it stands; Tablesaw takes the least one as missing. */
  private static boolean isNumber(FileColumn column, String cell) {
    if (!column.whole()) {
      return NUMBER.matcher(cell).matches() && Double.isFinite(Double.parseDouble(cell));
    }
    Matcher whole = WHOLE.matcher(cell);
    try {
      if (!whole.matches()) {
        return false;
      }
      long value = Long.parseLong(whole.group(1));
      return value >= -column.most() && value <= column.most();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private Table parse(int firstLine) {
    CsvReadOptions options =
        CsvReadOptions.builder(new StringReader(text.toString()))
            .tableName(file.getFileName().toString())
            .header(false)
            .columnTypes(columns.stream().map(FileColumn::type).toArray(ColumnType[]::new))
            .separator(kept.text().charAt(0))
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
      List<FileColumn> kept = columns.stream().filter(FileColumn::read).toList();
      for (int c = 0; c < kept.size(); c++) {
        table.column(c).setName(kept.get(c).name());
      }
      return table;
    } catch (AddCellToColumnException e) {
      int row = (int) e.getRowNumber();
      String line = text.toString().lines().skip(row).findFirst().orElseThrow();
      throw notANumber(
          firstLine + row,
          columns.get(e.getColumnIndex()),
          kept.split(line).get(e.getColumnIndex()));
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
        column.whole()
            ? String.format(Locale.ROOT, "is not a whole number (within ±%,d)", column.most())
            : "is not a number");
  }
}
