package org.eglr.kernel.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrintedLinesTest {

  private final PrintStream real = System.out;
  private final ByteArrayOutputStream outside = new ByteArrayOutputStream();
  private final PrintStream terminal = new PrintStream(outside, true, StandardCharsets.UTF_8);

  @BeforeEach
  void begin() {
    System.setOut(terminal);
  }

  @AfterEach
  void end() {
    System.setOut(real);
  }

  @Test
  void otherThreadsPrintWhereTheyDid() throws InterruptedException {
    try (PrintedLines printed = new PrintedLines()) {
      System.out.println("mine é");
      Thread other = new Thread(() -> System.out.println("other"));
      other.start();
      other.join();
      assertEquals("mine é", printed.text());
    }
    assertEquals("other", outside.toString(StandardCharsets.UTF_8).strip());
    assertSame(terminal, System.out);
  }

  @Test
  void aCellThatBeganMeanwhileKeepsItsStreamAndOursLeadsOn() {
    PrintStream cell = new PrintStream(new ByteArrayOutputStream());
    PrintStream ours;
    try (PrintedLines printed = new PrintedLines()) {
      ours = System.out;
      System.setOut(cell);
      assertEquals("", printed.text());
    }
    assertSame(cell, System.out);
    System.setOut(ours); // as a kernel does when that cell ends
    System.out.print("after");
    assertEquals("after", outside.toString(StandardCharsets.UTF_8));
  }

  @Test
  void moreThanALittleIsCut() {
    try (PrintedLines printed = new PrintedLines()) {
      System.out.print("x".repeat(PrintedLines.MOST_BYTES + 1));
      System.out.print("y");
      assertTrue(printed.text().endsWith("x ..."), "cut");
      assertEquals(PrintedLines.MOST_BYTES + 4, printed.text().length());
    }
  }
}
