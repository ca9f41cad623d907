package org.eglr.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLinesTest {

  private static final TextLimits WIDE = new TextLimits(1 << 24, 100_000, 200_000);

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("some.txt"), bytes);
  }

  private static List<String> read(Path file, Charset charset, TextLimits limits) {
    List<String> read = new ArrayList<>();
    try (TextLines lines = TextLines.open(file, charset, limits)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        read.add(line);
        assertEquals(read.size(), lines.number());
      }
    }
    return read;
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 30; round++) {
      List<String> lines = new ArrayList<>();
      for (int i = random.nextInt(200); i > 0; i--) {
        lines.add("é\tžluťoučký 猫".repeat(random.nextInt(random.nextInt(20) == 0 ? 9_000 : 30)));
      }
      lines.add("end");
      for (String end : new String[] {"\n", "\r\n"}) {
        String text = String.join(end, lines);
        assertEquals(lines, read(file(text.getBytes(UTF_8)), UTF_8, WIDE));
        assertEquals(lines, read(file((text + end).getBytes(UTF_8)), UTF_8, WIDE));
      }
    }
  }

  @Test
  void knowsEmptyFilesEmptyLinesByteOrderMarksAndLatin() throws IOException {
    assertEquals(List.of(), read(file(new byte[0]), UTF_8, WIDE));
    assertEquals(List.of("", "", "x"), read(file("\n\nx".getBytes(UTF_8)), UTF_8, WIDE));
    assertEquals(List.of("x"), read(file("\uFEFFx".getBytes(UTF_8)), UTF_8, WIDE));
    assertEquals(List.of("é"), read(file("é".getBytes(ISO_8859_1)), ISO_8859_1, WIDE));
  }

  /** All of a file has one character set; one that was cut in the midst of a letter is no UTF-8. */
  @Test
  void copiesOfLatinFilesInUnicodeAreRecognised() throws IOException {
    byte[] unicode = "Caf\u00e9\r\n\u732b\r\n".getBytes(UTF_8);
    assertEquals(List.of("Caf\u00e9", "\u732b"), read(file(unicode), ISO_8859_1, WIDE));
    byte[] marked = "\uFEFFCaf\u00e9".getBytes(UTF_8);
    assertEquals(List.of("Caf\u00e9"), read(file(marked), ISO_8859_1, WIDE));
    byte[] mixed = concat(unicode, "Mis\u00e9rables".getBytes(ISO_8859_1));
    assertEquals("Caf\u00c3\u00a9", read(file(mixed), ISO_8859_1, WIDE).get(0));
    assertEquals("Mis\u00e9rables", read(file(mixed), ISO_8859_1, WIDE).get(2));
    byte[] windows = {'D', 'o', 'n', (byte) 0x92, 't', ' ', (byte) 0xE9};
    assertEquals(List.of("Don\u2019t \u00e9"), read(file(windows), ISO_8859_1, WIDE));
    assertEquals("\u00c3", read(file(new byte[] {(byte) 0xC3}), ISO_8859_1, WIDE).get(0));
  }

  /** Letters of two and three bytes on either side of the buffers' ends. */
  @Test
  void unicodeIsRecognisedAcrossBuffers() throws IOException {
    for (int before = (1 << 16) - 4; before <= (1 << 16) + 1; before++) {
      String text = "x".repeat(before) + "\u00e9\u732b\u00e9";
      assertEquals(List.of(text), read(file(text.getBytes(UTF_8)), ISO_8859_1, WIDE));
      byte[] latin = concat(text.getBytes(UTF_8), new byte[] {(byte) 0xE9});
      assertEquals(before + 8, read(file(latin), ISO_8859_1, WIDE).get(0).length());
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  @Test
  void otherCharacterSetsAndLineEndsAreNamed() throws IOException {
    for (Charset charset : List.of(UTF_8, ISO_8859_1)) {
      for (Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
        Path unicode = file("\uFEFFx\ty\n".getBytes(wide));
        assertRefused(
            () -> read(unicode, charset, WIDE),
            "some.txt, line 1: UTF-16 text; convert the file to UTF-8");
      }
      Path mac = file("x\ry\rz".getBytes(UTF_8));
      assertRefused(
          () -> read(mac, charset, WIDE),
          "some.txt, line 1: a carriage return within the line; end lines by LF or CRLF alone");
    }
    Path broken = file(concat("\uFEFFx\n".getBytes(UTF_8), new byte[] {(byte) 0xE9}));
    assertRefused(() -> read(broken, ISO_8859_1, WIDE), "line 2: not UTF-8 text; convert the file");
    Path neither = file(new byte[] {'x', (byte) 0x81});
    assertRefused(() -> read(neither, ISO_8859_1, WIDE), "line 1: neither UTF-8 nor Latin-1 text");
  }

  @Test
  void blankLinesMayOnlyEndAFile() throws IOException {
    try (TextLines lines = TextLines.open(file("a\nb\n\r\n \t\n".getBytes(UTF_8)), UTF_8, WIDE)) {
      assertEquals("a", lines.nextFilled());
      assertEquals("b", lines.nextFilled());
      assertNull(lines.nextFilled());
    }
    try (TextLines lines = TextLines.open(file("a\n\n\nb\n".getBytes(UTF_8)), UTF_8, WIDE)) {
      assertEquals("a", lines.nextFilled());
      assertRefused(lines::nextFilled, "some.txt, line 2: empty line within the file; remove it");
    }
  }

  @Test
  void refusesWhatIsNotText() throws IOException {
    Path latin = file("fine\nMis\u00e9rables\n".getBytes(ISO_8859_1));
    assertRefused(() -> read(latin, UTF_8, WIDE), "some.txt, line 2", "not UTF-8 text");
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write("1\t2\t3\t4\n".repeat(100).getBytes(UTF_8));
    }
    Path packed = file(zipped.toByteArray());
    assertRefused(
        () -> read(packed, ISO_8859_1, WIDE), "some.txt, line 1", "U+001F", "unpack it first");
    for (long seed = 0; seed < 50; seed++) {
      byte[] garbage = new byte[5_000];
      new Random(seed).nextBytes(garbage);
      Path binary = file(garbage);
      assertRefused(() -> read(binary, ISO_8859_1, WIDE), "some.txt, line ");
      assertRefused(() -> read(binary, UTF_8, WIDE), "some.txt, line ");
    }
  }

  @Test
  void refusesWhatIsTooLarge() throws IOException {
    Path file = file("12345\n1234567\n\n".getBytes(UTF_8));
    assertEquals(3, read(file, UTF_8, new TextLimits(15, 3, 7)).size());
    assertRefused(
        () -> read(file, UTF_8, new TextLimits(14, 3, 7)), "some.txt", "larger than 14 bytes");
    assertRefused(() -> read(file, UTF_8, new TextLimits(15, 2, 7)), "more than 2 lines");
    assertRefused(
        () -> read(file, UTF_8, new TextLimits(15, 3, 6)), "line 2", "longer than 6 bytes");
  }

  @Test
  void refusesWhatIsNoFile() {
    assertRefused(() -> read(folder, UTF_8, WIDE), folder.toString(), "not a plain file");
    Path missing = folder.resolve("missing");
    assertRefused(() -> read(missing, UTF_8, WIDE), missing.toString(), "does not exist");
  }
}
