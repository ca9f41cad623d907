package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellOutputTest {

  private final List<String> messages = new ArrayList<>();
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

  @Test
  void everyLineArrivesInFewMessages() {
    CellOutput output = begin(CellOutput.MOST_CHARACTERS);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      output.out().println("line " + i);
      expected.append("line ").append(i).append(System.lineSeparator());
    }
    output.end();
    assertEquals(expected.toString(), String.join("", messages).replace("out:", ""));
    assertTrue(messages.size() < 100, messages.size() + " messages");
  }

  @Test
  void fragmentsAreJoinedAndTheStreamsStayInOrder() {
    CellOutput output = begin(1000);
    output.out().printf("%d of %d: %s", 1, 2, "a");
    output.out().flush();
    output.out().print('b');
    output.err().print("c");
    output.out().print("d");
    output.end();
    assertEquals(List.of("out:1 of 2: ab", "err:c", "out:d"), messages);
  }

  @Test
  void charactersThatArePrintedByteByByteStayWhole() {
    CellOutput output = begin(1000);
    byte[] bytes = "\u00e4\ud83d\ude00".getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      output.out().write(b);
      output.flush();
    }
    output.out().write(bytes[0]); // and never its rest
    output.end();
    assertEquals("\u00e4\ud83d\ude00\ufffd", String.join("", messages).replace("out:", ""));
  }

  @Test
  void whatIsTooMuchGoesToAFileThatTheCellNames() throws Exception {
    CellOutput output = begin(1000);
    output.out().print("x".repeat(700) + "\n" + "y".repeat(600) + "\n");
    output.out().print("z\u00e4\n");
    output.end();
    assertEquals("out:" + "x".repeat(700) + "\n", messages.get(0));
    assertTrue(messages.get(1).contains("This cell printed more than 1,000 characters"));
    String last = messages.get(2);
    assertEquals(3, messages.size());
    assertTrue(last.contains("Not shown: 604 characters with 2 line ends"), last);
    Matcher name = Pattern.compile("are in (.*)]").matcher(last);
    assertTrue(name.find(), last);
    Path file = Path.of(name.group(1));
    assertEquals("y".repeat(600) + "\nz\u00e4\n", Files.readString(file));
    Files.delete(file);
    messages.clear();
    begin(output);
    output.out().print("next");
    output.end();
    assertEquals(List.of("out:next"), messages, "each cell has its own limit");
  }

  /** A process of its own, which ends. */
  static final class LongOutput {
    public static void main(String[] arguments) {
      System.out.println(LeftOut.bounded("shown\nnot shown", 6));
    }
  }

  @Test
  void theFileGoesWithTheKernel(@TempDir Path folder) throws Exception {
    Process kernel =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                LongOutput.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(kernel.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, kernel.waitFor(), text);
    assertTrue(text.contains("until the kernel ends, the rest is in " + folder), text);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void streamsThatTakeTurnsCannotMakeMessagesWithoutEnd() {
    CellOutput output = begin(100_000);
    for (int i = 0; i < 100_000; i++) {
      (i % 2 == 0 ? output.out() : output.err()).print('x');
    }
    output.end();
    assertTrue(messages.size() <= 100_000 / CellOutput.MESSAGE_COST + 2, "" + messages.size());
  }

  @Test
  void betweenCellsTheTerminalHearsIt() {
    CellOutput output = begin(1000);
    PrintStream kept = output.out();
    output.end();
    kept.print("late");
    assertEquals("late", terminal.toString(StandardCharsets.UTF_8));
    assertEquals(List.of(), messages);
  }

  @Test
  void aLongResultIsCutAtALineAndTheRestIsInAFile() throws Exception {
    assertEquals("short", LeftOut.bounded("short", 5));
    String text = LeftOut.bounded("ab\ncd\nef\n", 7);
    assertTrue(text.startsWith("ab\ncd\n\n[This cell printed more than 7 characters"), text);
    Matcher name = Pattern.compile("are in (.*)]").matcher(text);
    assertTrue(name.find(), text);
    assertEquals("ef\n", Files.readString(Path.of(name.group(1))));
    Files.delete(Path.of(name.group(1)));
    assertEquals(1, LeftOut.cut("a\ud83d\ude00", 2), "characters stay whole");
  }

  private CellOutput begin(int most) {
    CellOutput output = new CellOutput(most);
    begin(output);
    return output;
  }

  private void begin(CellOutput output) {
    PrintStream otherwise = new PrintStream(terminal, true, StandardCharsets.UTF_8);
    output.begin(
        (error, text) -> messages.add((error ? "err:" : "out:") + text), otherwise, otherwise);
  }
}
