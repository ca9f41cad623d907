package org.eglr.kernel.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eglr.decode.SelfAttention;
import org.eglr.kernel.Charts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttentionChartTest {

  private static final SelfAttention ATTENTION =
      new SelfAttention(
          List.of("context", "reasoning 1", "a film with a long title", "reasoning 1"),
          new float[][][] {
            {{1, 0, 0, 0}, {.5f, .5f, 0, 0}, {.2f, .3f, .5f, 0}, {.9f, .02f, .03f, .05f}},
            {{1, 0, 0, 0}, {1, 0, 0, 0}, {1, 0, 0, 0}, {1, 0, 0, 0}}
          });

  @TempDir private Path folder;

  @Test
  void theFirstTokenIsOnTopAndTheMoreTheStrongerTheColour() {
    SelfAttention two =
        new SelfAttention(List.of("a", "b"), new float[][][] {{{1, 0}, {.25f, .5f}}});
    BufferedImage image = Picture.of(AttentionChart.of(two, 0, 600, 600)).image(1);
    int[] strong = alphaOfBlue(image);
    assertEquals(255, strong[0], 1, "a weight of 1 is opaque");
    assertEquals(128, strong[1], 25, "a weight of 0.5 lets half of the page through");
    Color page = new Color(image.getRGB(2, 2), true);
    assertEquals(0, page.getAlpha(), "the page shines through");
  }

  /** The strongest blue in the upper and in the lower half. */
  private static int[] alphaOfBlue(BufferedImage image) {
    int[] strongest = new int[2];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        Color colour = new Color(image.getRGB(x, y), true);
        if (colour.getBlue() > 140 && colour.getRed() < 60) {
          int half = 2 * y / image.getHeight();
          strongest[half] = Math.max(strongest[half], colour.getAlpha());
        }
      }
    }
    return strongest;
  }

  @Test
  void tokensAreNamedAndFilesWritten() throws IOException {
    HeatMap chart = Charts.attention(ATTENTION);
    assertEquals("Decoder attention, mean of 2 heads", chart.getTitle());
    for (String ending : List.of("svg", "pdf", "png")) {
      Path file = folder.resolve("attention." + ending);
      chart.size(500, 500).save(file);
      assertTrue(Files.size(file) > 1000, ending);
    }
    String svg = Files.readString(folder.resolve("attention.svg"));
    for (String name : List.of("context", "reasoning 1", "a film with ..")) {
      assertTrue(svg.contains(name), name + " in " + svg);
    }
  }

  @Test
  void aHeadThatIsNotThereIsRefused() {
    String said =
        assertThrows(IllegalArgumentException.class, () -> Charts.attention(ATTENTION, 2))
            .getMessage();
    assertEquals("there is no head 2: the decoder's are 0 to 1", said);
    assertThrows(IllegalArgumentException.class, () -> Charts.attention(ATTENTION, -1));
  }
}
