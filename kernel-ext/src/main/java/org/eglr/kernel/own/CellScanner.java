package org.eglr.kernel.own;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the magics of a cell. A {@code %name} is one at the beginning of a statement that begins a
 * line, and behind the {@code =} of an assignment; never in text, text blocks, comments, or where
 * {@code %} goes on an expression. {@code %%name} is one if only blank lines and comments precede
 * it; the rest of the cell is its body.
 */
final class CellScanner {

  /**
   * A magic.
   *
   * @param start index of the percent sign
   * @param end behind the line; for a cell magic the end of the cell
   * @param line behind the percent signs: name and arguments
   * @param body of a cell magic, or null
   * @param assigned whether it stands behind an equals sign
   */
  record Magic(int start, int end, String line, String body, boolean assigned) {}

  private final String cell;
  private final List<Magic> magics = new ArrayList<>();
  private int at;
  private boolean lineStart = true;

  /** The last character of code before; a semicolon at the beginning. */
  private char before = ';';

  private boolean empty = true;

  private CellScanner(String cell) {
    this.cell = cell;
  }

  /**
   * All magics in order.
   *
   * @throws IllegalArgumentException if a cell magic follows code
   */
  static List<Magic> magics(String cell) {
    CellScanner scanner = new CellScanner(cell);
    while (scanner.at < cell.length()) {
      scanner.step();
    }
    return scanner.magics;
  }

  private void step() {
    char c = cell.charAt(at);
    if (Character.isWhitespace(c)) {
      lineStart |= c == '\n' || c == '\r';
      at++;
    } else if (cell.startsWith("//", at)) {
      at = lineEnd(at);
    } else if (cell.startsWith("/*", at)) {
      at = behind("*/", at + 2);
    } else if (c == '%' && magic()) {
      before = ';';
      empty = false;
    } else {
      if (cell.startsWith("\"\"\"", at)) {
        at = behindQuote("\"\"\"");
      } else if (c == '"' || c == '\'') {
        at = behindQuote(String.valueOf(c));
      } else {
        at++;
      }
      before = c;
      empty = false;
      lineStart = false;
    }
  }

  private boolean magic() {
    boolean statement = lineStart && (before == ';' || before == '{' || before == '}');
    if (statement && cell.startsWith("%%", at) && named(at + 2)) {
      int end = lineEnd(at);
      if (!empty) {
        throw new IllegalArgumentException(
            cell.substring(at, end).strip()
                + " must be the first line of its cell: move what stands above it to another cell");
      }
      int body = end + (cell.startsWith("\r\n", end) ? 2 : end < cell.length() ? 1 : 0);
      magics.add(
          new Magic(at, cell.length(), cell.substring(at + 2, end), cell.substring(body), false));
      at = cell.length();
      return true;
    }
    if ((statement || before == '=') && named(at + 1)) {
      int end = lineEnd(at);
      magics.add(new Magic(at, end, cell.substring(at + 1, end), null, !statement));
      at = end;
      return true;
    }
    return false;
  }

  private boolean named(int index) {
    return index < cell.length() && Character.isJavaIdentifierStart(cell.charAt(index));
  }

  private int lineEnd(int from) {
    int end = from;
    while (end < cell.length() && cell.charAt(end) != '\n' && cell.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private int behind(String mark, int from) {
    int found = cell.indexOf(mark, from);
    return found < 0 ? cell.length() : found + mark.length();
  }

  /** Behind the closing quote; text in single marks ends with the line at the latest. */
  private int behindQuote(String mark) {
    int i = at + mark.length();
    while (i < cell.length() && !cell.startsWith(mark, i)) {
      if (mark.length() == 1 && cell.charAt(i) == '\n') {
        return i;
      }
      i += cell.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(cell.length(), i + mark.length());
  }
}
