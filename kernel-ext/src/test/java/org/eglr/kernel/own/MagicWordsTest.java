package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.eglr.kernel.own.MagicWords.Word;
import org.junit.jupiter.api.Test;

class MagicWordsTest {

  @Test
  void blanksSeparateAndQuotesHoldTogether() {
    assertEquals(
        List.of("save", "my model.eglr", "--as=a b", "", "x"),
        MagicWords.texts(" save \"my model.eglr\"  --as=\"a b\" \"\"\tx "));
  }

  @Test
  void backslashesEscapeQuotesBackslashesAndBlanksOnly() {
    assertEquals(
        List.of("a b", "\"", "\\", "C:\\data"), MagicWords.texts("a\\ b \\\" \\\\ C:\\data"));
  }

  @Test
  void placesIncludeTheQuotes() {
    assertEquals(
        List.of(new Word("a", 0, 1), new Word("b c", 2, 7)), MagicWords.split("a \"b c\""));
    assertEquals(List.of(new Word("b ", 1, 4)), MagicWords.split(" \"b "));
  }
}
