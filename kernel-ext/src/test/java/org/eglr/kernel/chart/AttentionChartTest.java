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

  /** The second row's weights are small, as in long lists; it is as strong as the first. */
  @Test
  void theFirstTokenIsOnTopAndARowsLargestWeightIsOpaque() {
    SelfAttention two =
        new SelfAttention(List.of("a", "b"), new float[][][] {{{1, 0}, {.125f, .0625f}}});
    HeatMap chart = AttentionChart.of(two, 0, ChartSize.SQUARE).size(600, 600);
    BufferedImage image = Picture.of(chart).image(1);
    assertEquals(255, alpha(image, 0.25, 0.25), 1, "the first row's largest");
    assertEquals(255, alpha(image, 0.25, 0.75), 1, "the second row's largest");
    assertEquals(128, alpha(image, 0.75, 0.75), 3, "half of it");
    assertEquals(0, alpha(image, 0.75, 0.25), "nothing");
    Color page = new Color(image.getRGB(2, 2), true);
    assertEquals(0, page.getAlpha(), "the page shines through");
  }

  @Test
  void aBarSaysWhatTheColoursMean() throws IOException {
    Path file = folder.resolve("bar.svg");
    Charts.attention(ATTENTION).size(600, 600).save(file);
    String svg = Files.readString(file);
    assertTrue(svg.contains("share of the row") && svg.contains("s largest"), svg);
  }

  /** In the square of fields, at shares of its width and height. */
  private static int alpha(BufferedImage image, double across, double down) {
    int[] square = square(image);
    int x = (int) (square[0] + across * square[2]);
    int y = (int) (square[1] + down * square[2]);
    return new Color(image.getRGB(x, y), true).getAlpha();
  }

  /** Left, top and side of the square, whose first column is opaque over its whole height. */
  private static int[] square(BufferedImage image) {
    for (int x = 0; x < image.getWidth(); x++) {
      int top = -1;
      int end = -1;
      for (int y = 0; y < image.getHeight(); y++) {
        if (isBlue(image, x, y)) {
          top = top < 0 ? y : top;
          end = y;
        }
      }
      if (end - top > image.getHeight() / 2) {
        return new int[] {x, top, end - top};
      }
    }
    throw new AssertionError("no square");
  }

  private static boolean isBlue(BufferedImage image, int x, int y) {
    Color colour = new Color(image.getRGB(x, y), true);
    return colour.getAlpha() > 250 && colour.getBlue() > 140 && colour.getRed() < 60;
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
