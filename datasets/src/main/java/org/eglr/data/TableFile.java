package org.eglr.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.io.csv.CsvReadOptions;

/** Text files with a header: what own data usually are. */
public final class TableFile {

  private static final int MAX_CELL = 1 << 20;
  private static final char NEVER = '\u0001';
  private static final String SEPARATORS = ",\t;";
  private static final String[] MISSING = {"", "NULL", "null", "NA", "N/A", "NaN", "nan", "\\N"};

  private TableFile() {}

  /**
   * The names in the first line of a file, in its order; reads no further.
   *
   * @throws DataException if the file cannot be read or has no line
   */
  public static List<String> columns(Path file) {
    String header = header(file);
    char separator = separator(header);
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    boolean quoted = false;
    for (char c : header.toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        names.add(name.toString().strip());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    names.add(name.toString().strip());
    return names;
  }

  /**
   * All rows of a file. Every cell is read as text, so that ids keep their zeros and nothing is
   * guessed of a part; then columns of real numbers become such.
   */
  static Table read(Path file) {
    List<String> names = columns(file);
    for (String name : names) {
      if (names.indexOf(name) != names.lastIndexOf(name)) {
        throw DataException.at(
            file, 1, "the header names '%s' twice".formatted(DataException.printable(name)));
      }
    }
    String table = file.getFileName().toString();
    try (Reader in = open(file)) {
      CsvReadOptions options =
          CsvReadOptions.builder(in)
              .tableName(table)
              .header(true)
              .separator(separator(header(file)))
              .columnTypes(names.stream().map(n -> ColumnType.STRING).toArray(ColumnType[]::new))
              .commentPrefix(NEVER)
              .missingValueIndicator(MISSING)
              .maxCharsPerColumn(MAX_CELL)
              .maxNumberOfColumns(names.size() + 1)
              .build();
      Table texts = Table.read().usingOptions(options);
      Table typed = Table.create(table);
      for (int c = 0; c < names.size(); c++) {
        typed.addColumns(typed((StringColumn) texts.column(c), names.get(c)));
      }
      return typed;
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (UncheckedIOException e) {
      throw unreadable(file, e.getCause());
    } catch (RuntimeException e) {
      throw new DataException(
          "%s: a row does not have the header's %d columns, or a quote is not closed (%s)"
              .formatted(table, names.size(), DataException.printable(e.getMessage())),
          e);
    }
  }

  private static Column<?> typed(StringColumn texts, String name) {
    boolean real = false;
    for (String text : texts) {
      String cell = text.strip();
      if (!cell.isEmpty() && !TableColumn.isNumber(cell)) {
        return texts.setName(name);
      }
      real |= cell.matches(".*[.eE].*");
    }
    if (!real) {
      return texts.setName(name);
    }
    DoubleColumn numbers = DoubleColumn.create(name, texts.size());
    for (int row = 0; row < texts.size(); row++) {
      if (!texts.get(row).isBlank()) {
        numbers.set(row, Double.parseDouble(texts.get(row).strip()));
      }
    }
    return numbers;
  }

  private static String header(Path file) {
    try (BufferedReader in = open(file)) {
      String line = in.readLine();
      if (line == null || line.isBlank()) {
        throw new DataException(file.getFileName() + ": the first line names no columns");
      }
      return line;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static char separator(String header) {
    char best = ',';
    long most = 0;
    for (char separator : SEPARATORS.toCharArray()) {
      long count = header.chars().filter(c -> c == separator).count();
      if (count > most) {
        best = separator;
        most = count;
      }
    }
    return best;
  }

  /** Behind a byte order mark. */
  private static BufferedReader open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          file + (Files.exists(file) ? " is not a plain file" : " does not exist"));
    }
    BufferedReader in =
        Files.newBufferedReader(file, TextCharset.of(file, StandardCharsets.ISO_8859_1));
    in.mark(1);
    if (in.read() != '\uFEFF') {
      in.reset();
    }
    return in;
  }

  private static DataException unreadable(Path file, IOException e) {
    return new DataException(
        "%s cannot be read: %s".formatted(file.getFileName(), e.getMessage()), e);
  }
}
