package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.eglr.kernel.own.CellHistory.Cell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellHistoryTest {

  private final CellHistory history = new CellHistory();

  /** Cell 3 was silent. */
  @BeforeEach
  void cells() {
    history.add(1, "6 * 7", "42");
    history.add(2, "int a = 1;\nint b;", null);
    history.add(4, "6 * 7", "42");
    history.add(5, "%eglr help", null);
  }

  @Test
  void anEntryIsWrittenAsTheProtocolSays() {
    Cell cell = history.tail(4).get(0);
    assertEquals(List.of(1, 1, "6 * 7"), cell.entry(false));
    assertEquals(List.of(1, 1, List.of("6 * 7", "42")), cell.entry(true));
    Cell silent = history.tail(1).get(0);
    assertEquals(List.of(1, 5, Arrays.asList("%eglr help", null)), silent.entry(true));
  }

  @ParameterizedTest
  @CsvSource({"0,''", "1,5", "2,4 5", "9,1 2 4 5", "-1,''"})
  void theTailIsTheLastCellsOldestFirst(int count, String expected) {
    assertEquals(expected, numbers(history.tail(count)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 2, 1",
    "1, 2, 5, 2 4",
    "0, 0, 0, 1 2 4 5",
    "0, 3, 0, 4 5",
    "0, -2, 0, 4 5",
    "0, 0, -1, 1 2 4",
    "0, 9, 0, ''",
    "2, 0, 0, ''",
    "-1, 0, 0, ''"
  })
  void aRangeIsByExecutionCount(int session, int start, int stop, String expected) {
    assertEquals(expected, numbers(history.range(session, start, stop)));
  }

  @ParameterizedTest
  @CsvSource({
    "*, 0, false, 1 2 4 5",
    "*, 0, true, 2 4 5",
    "*, 2, true, 4 5",
    "6*, 0, false, 1 4",
    "6*, 1, false, 4",
    "6 ? 7, 0, true, 4",
    "*b;, 0, false, 2",
    "[%i]*, 0, false, 2 5",
    "[^6i]*, 0, false, 5",
    "[z-a]*, 0, false, ''",
    "[, 0, false, ''",
    "6 .* 7, 0, false, ''",
    "6, 0, false, ''",
    ", 0, false, 1 2 4 5"
  })
  void aSearchFitsWholeCells(String glob, int count, boolean unique, String expected) {
    assertEquals(expected, numbers(history.search(glob, count, unique)));
  }

  @Test
  void aNewKernelHasNone() {
    CellHistory empty = new CellHistory();
    assertEquals(List.of(), empty.tail(3));
    assertEquals(List.of(), empty.range(0, 0, 0));
    assertEquals(List.of(), empty.search("*", 0, true));
  }

  @Test
  void aLongResultIsCut() {
    history.add(6, "text", "x".repeat(1_000_000));
    assertEquals(10_000, history.tail(1).get(0).output().length());
  }

  private static String numbers(List<Cell> cells) {
    return String.join(" ", cells.stream().map(cell -> "" + cell.number()).toList());
  }
}
