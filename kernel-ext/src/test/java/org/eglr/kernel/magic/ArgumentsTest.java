package org.eglr.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.FakeHost;
import org.eglr.kernel.Samples;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  private final FakeHost host = new FakeHost();
  private final Session session = new Session(host);

  @Test
  void variablesTakeTheirPlace() {
    host.variables.set("width", 32);
    host.variables.set("folder", Path.of("models"));
    assertEquals(
        List.of("--width=32", "models/a-32.eglr", "$5"),
        Arguments.resolve(List.of("--width=$width", "$folder/a-$width.eglr", "$$5"), session));
  }

  @Test
  void aMissingVariableIsNamed() {
    String message = refusal(() -> Arguments.resolve(List.of("$absent"), session));
    assertTrue(message.contains("no variable 'absent'") && message.contains("$$"), message);
  }

  @Test
  void onlyPlainValuesCanStandInText() {
    host.variables.set("list", Samples.data());
    String message = refusal(() -> Arguments.resolve(List.of("--width=$list"), session));
    assertTrue(message.startsWith("$list is a Splits; only numbers, text"), message);
  }

  @Test
  void optionsMayBeSpelledWithHyphens() {
    assertEquals(
        List.of("--maxSteps=2", "--entropyThreshold", "ml-100k", "--as=a-b"),
        Arguments.resolve(
            List.of("--max-steps=2", "--entropy-threshold", "ml-100k", "--as=a-b"), session));
  }

  /** Turkish has another capital for i. */
  @Test
  void hyphensMeanTheSameInEveryLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertEquals("--maxItems=2", Arguments.camelCase("--max-items=2"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aSemicolonAtTheEndIsForgiven() {
    assertEquals(List.of("a;b", "reset"), Arguments.resolve(List.of("a;b", "reset;"), session));
    assertEquals(List.of("reset"), Arguments.resolve(List.of("reset", ";"), session));
  }

  @Test
  void aCellHoldsOneSettingALine() {
    String body =
        "width 64\n\n# a remark\n// another\n  heads: 8 \nentropyThreshold=1.1\ntoken   PLAIN";
    assertEquals(
        List.of("--width=64", "--heads=8", "--entropyThreshold=1.1", "--token=PLAIN"),
        Arguments.ofCell(body));
  }

  @Test
  void aLineWithoutAValueIsNamed() {
    String message = refusal(() -> Arguments.ofCell("width 64\nheads"));
    assertTrue(message.contains("line 3 of the cell is 'heads'"), message);
  }

  private static String refusal(Runnable action) {
    return assertThrows(EglrError.class, action::run).getMessage();
  }
}
