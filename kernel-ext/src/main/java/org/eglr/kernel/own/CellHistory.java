package org.eglr.kernel.own;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The cells that ran since the kernel started, as typed: a console's Arrow-Up asks for them. */
public final class CellHistory {

  /** This kernel's session in its answers: it remembers no other. */
  private static final int SESSION = 1;

  /** Of a result's text; longer ones are cut. */
  private static final int LONGEST_OUTPUT = 10_000;

  /**
   * A cell that ran.
   *
   * @param number its execution count
   * @param input as typed
   * @param output the result's text, or null if there was none
   */
  public record Cell(int number, String input, String output) {

    /** As Jupyter's protocol writes it. */
    public List<Object> entry(boolean withOutput) {
      return List.of(SESSION, number, withOutput ? Arrays.asList(input, output) : input);
    }
  }

  private final List<Cell> cells = new ArrayList<>();

  /** Adds a cell; the numbers grow. */
  public synchronized void add(int number, String input, String output) {
    boolean cut = output != null && output.length() > LONGEST_OUTPUT;
    cells.add(
        new Cell(number, input, cut ? output.substring(0, LONGEST_OUTPUT - 1) + "…" : output));
  }

  /** The last cells, oldest first. */
  public synchronized List<Cell> tail(int count) {
    return last(cells, Math.max(0, count));
  }

  /**
   * Cells by execution count.
   *
   * @param session 0 for the present one
   * @param start first; negative counts from the end
   * @param stop behind the last; 0 for all, negative counts from the end
   */
  public synchronized List<Cell> range(int session, int start, int stop) {
    if (session != 0 && session != SESSION || cells.isEmpty()) {
      return List.of();
    }
    int end = cells.get(cells.size() - 1).number + 1;
    int from = start < 0 ? start + end : start;
    int to = stop <= 0 ? stop + end : stop;
    return cells.stream().filter(cell -> cell.number >= from && cell.number < to).toList();
  }

  /**
   * Cells whose whole text fits a pattern, oldest first.
   *
   * @param glob with {@code *} for any text, {@code ?} for a character, {@code [ab]} for one of
   *     several; null for every cell
   * @param count the last so many; 0 for all
   * @param unique of equal cells only the last one
   */
  public synchronized List<Cell> search(String glob, int count, boolean unique) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(glob == null ? ".*" : regex(glob), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      return List.of(); // As [z-a], which no text fits.
    }
    Stream<Cell> found = cells.stream().filter(cell -> pattern.matcher(cell.input).matches());
    List<Cell> all = unique ? lastOfEach(found.toList()) : found.toList();
    return count <= 0 ? all : last(all, count);
  }

  private static List<Cell> lastOfEach(List<Cell> cells) {
    Map<String, Cell> byInput = new LinkedHashMap<>();
    for (Cell cell : cells) {
      byInput.remove(cell.input);
      byInput.put(cell.input, cell);
    }
    return List.copyOf(byInput.values());
  }

  private static List<Cell> last(List<Cell> cells, int count) {
    return List.copyOf(cells.subList(Math.max(0, cells.size() - count), cells.size()));
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      int close = glob.charAt(i) == '[' ? glob.indexOf(']', i + 2) : -1;
      if (close > 0) {
        String set = glob.substring(i + 1, close).replaceAll("[\\\\\\[\\]&^]", "\\\\$0");
        regex.append('[').append(set.replaceFirst("^\\\\\\^", "^")).append(']');
        i = close;
      } else if (glob.charAt(i) == '*') {
        regex.append(".*");
      } else if (glob.charAt(i) == '?') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(glob.substring(i, i + 1)));
      }
    }
    return regex.toString();
  }
}
