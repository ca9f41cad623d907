package org.eglr.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
      assertRefused(() -> read(binary, ISO_8859_1, WIDE), "some.txt, line ", "control character");
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
