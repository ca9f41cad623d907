package org.eglr.kernel.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.eglr.decode.EntropyProfile;
import org.eglr.kernel.Charts;
import org.eglr.kernel.Content;
import org.eglr.kernel.Samples;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingStep;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.internal.chartpart.Chart;

/** Draws every chart into target/charts, for people to look at. */
class PictureTest {

  @Test
  void entropyShowsBothCurvesInTheirColours() throws IOException {
    BufferedImage image =
        draw(
            "entropy",
            Charts.entropy(Samples.profile()),
            Charts.relativeEntropy(Samples.profile()));
    assertTrue(count(image, Look.VERMILION) > 200);
    assertTrue(count(image, Look.BLUE) > 200);
  }

  @Test
  void theOtherChartsDrawTheirValues() throws IOException {
    assertTrue(
        count(draw("reasoning", Charts.reasoningSteps(Samples.profile())), Look.BLUE) > 2000);
    BufferedImage reward = draw("reward", Charts.reward(Samples.grpo(400, false)));
    assertTrue(count(reward, Look.VERMILION) > 20 && count(reward, Look.GREEN) > 20);
    assertTrue(count(draw("loss", Charts.loss(Samples.evaluator(200))), Look.BLUE) > 200);
    assertTrue(count(draw("lists", Charts.clicks(Samples.data().train())), Look.BLUE) > 2000);
  }

  @Test
  void theLiveChartOfGrpoHasThreePanels() throws IOException {
    TrainingLog log = Samples.grpo(300, false);
    Picture picture = LiveChart.of(log.steps(), log.validations());
    assertEquals(3 * 350, picture.width());
    save("live", picture);
    assertEquals(700, LiveChart.of(Samples.evaluator(20).steps(), List.of()).width());
  }

  @Test
  void axesOfChartsSideBySideLieAtOneHeight() throws IOException {
    TrainingLog log = Samples.grpo(300, false);
    BufferedImage image = save("live", LiveChart.of(log.steps(), log.validations()));
    int[] axes = new int[3];
    for (int panel = 0; panel < 3; panel++) {
      axes[panel] = axis(image.getSubimage(panel * 700, 0, 700, image.getHeight()));
    }
    assertEquals(axes[0], axes[1], 2, Arrays.toString(axes));
    assertEquals(axes[0], axes[2], 2, Arrays.toString(axes));
  }

  /** The lowest row that is mostly neither paper nor grid. */
  private static int axis(BufferedImage panel) {
    for (int y = panel.getHeight() - 1; y > 0; y--) {
      int row = y;
      long dark =
          IntStream.range(0, panel.getWidth())
              .filter(x -> panel.getRGB(x, row) >>> 24 > 0xA0)
              .count();
      if (dark > panel.getWidth() / 2) {
        return y;
      }
    }
    throw new AssertionError("no axis");
  }

  @Test
  void aCountThatNeverChangesHasRoomAbove() {
    List<TrainingStep> steps =
        IntStream.rangeClosed(1, 30)
            .mapToObj(s -> new TrainingStep(s, 30, s, Map.of("n", 14.0), Optional.empty()))
            .toList();
    var chart =
        new LearningCurve(steps, List.of(), "n").fromZero().chart("t", "n", ChartSize.PANEL);
    assertEquals(0, chart.getStyler().getYAxisMin());
    assertTrue(chart.getStyler().getYAxisMax() > 14.5);
  }

  @Test
  void whereOneCandidateIsLeftThereIsNoRelativeEntropy() {
    var curve = Charts.relativeEntropy(Samples.profile()).getSeries("before reasoning");
    assertArrayEquals(new double[] {1, 2, 3, 4}, curve.getXData());
    assertArrayEquals(new double[] {.75, 1, .9, .8}, curve.getYData());
    double[] sure = {1.2, 0.3};
    var open = Charts.relativeEntropy(new EntropyProfile(sure, sure, sure, sure, sure));
    assertEquals(2, open.getSeries("before reasoning").getXData().length);
  }

  @Test
  void nothingIsPaintedBehindACurve() throws IOException {
    BufferedImage image = draw("edge", Charts.entropy(Samples.profile()));
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    long empty = Arrays.stream(pixels).filter(pixel -> pixel >>> 24 == 0).count();
    assertTrue(empty > 0.85 * pixels.length, empty + " of " + pixels.length);
  }

  @Test
  void axesAndWordsReadOnLightAndDarkPages() {
    for (Color page : List.of(Color.WHITE, new Color(0x11, 0x11, 0x11))) {
      assertTrue(contrast(Look.INK, page) >= 4.2, "ink on " + page);
      for (Color color : List.of(Look.BLUE, Look.VERMILION, Look.GREEN)) {
        assertTrue(contrast(color, page) >= 3, color + " on " + page);
      }
    }
  }

  /** The contrast of the Web Content Accessibility Guidelines, 1 to 21. */
  private static double contrast(Color one, Color other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(Color color) {
    double[] linear =
        IntStream.of(color.getRed(), color.getGreen(), color.getBlue())
            .mapToDouble(part -> part / 255.0)
            .map(part -> part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4))
            .toArray();
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  @Test
  void panelsAreOnePictureEachThatWrapInNarrowWindows() throws IOException {
    TrainingLog log = Samples.grpo(300, false);
    Content content = LiveChart.of(log.steps(), log.validations()).content();
    Matcher panels =
        Pattern.compile(
                "<img src=\"data:image/png;base64,([^\"]+)\" width=\"(\\d+)\" height=\"280\"")
            .matcher(content.data().get(Content.HTML));
    BufferedImage whole = read(content.data().get(Content.PNG));
    int x = 0;
    while (panels.find()) {
      BufferedImage panel = read(panels.group(1));
      assertEquals(2 * Integer.parseInt(panels.group(2)), panel.getWidth());
      assertEquals(whole.getHeight(), panel.getHeight());
      assertEquals(
          axis(whole.getSubimage(x, 0, panel.getWidth(), panel.getHeight())),
          axis(panel),
          "axes side by side lie at one height");
      x += panel.getWidth();
    }
    assertEquals(whole.getWidth(), x);
    assertFalse(Picture.of(Charts.reward(log)).content().data().containsKey(Content.HTML));
  }

  @Test
  void drawingTwiceDrawsTheSame() {
    TrainingLog log = Samples.grpo(300, false);
    Picture picture = LiveChart.of(log.steps(), log.validations());
    Content first = picture.content();
    assertEquals(first, picture.content());
    assertEquals(280, picture.height());
  }

  @Test
  void strangeValuesDraw() throws IOException {
    double[] one = {0};
    draw("one", Charts.entropy(new EntropyProfile(one, one, one, one, one)));
    draw("one-steps", Charts.reasoningSteps(new EntropyProfile(one, one, one, one, one)));
    double[] nan = {Double.NaN, 1};
    draw("nan", Charts.entropy(new EntropyProfile(nan, nan, nan, nan, nan)));
    draw("none", Charts.reward(new TrainingLog("grpo", List.of(), List.of(), false, 0)));
    draw("single", Charts.reward(Samples.grpo(1, false)));
    var broken =
        new TrainingStep(1, 1, 1, Map.of("reward", Double.POSITIVE_INFINITY), Optional.empty());
    draw("infinite", Charts.reward(new TrainingLog("grpo", List.of(broken), List.of(), false, 1)));
  }

  @Test
  void aLongRunStaysASmallPicture() {
    Content content = Picture.of(Charts.reward(Samples.grpo(50_000, false))).content();
    assertTrue(content.data().get(Content.PNG).length() < 100_000);
  }

  @Test
  void contentIsAPngOfTwiceTheShownSize() throws IOException {
    Content content = Picture.of(Charts.entropy(Samples.profile())).content();
    BufferedImage image = read(content.data().get(Content.PNG));
    assertEquals(2 * 520, image.getWidth());
    assertTrue(count(image, Look.BLUE) > 200, "saving with fewer colours keeps those of lines");
    assertEquals(0, image.getRGB(0, 0) >>> 24, "transparent in the file, too");
    assertEquals(Map.of("width", 520, "height", 340), content.metadata().get(Content.PNG));
    assertEquals("Chart: Where the model hesitates", content.data().get(Content.TEXT));
  }

  private static BufferedImage read(String base64) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
  }

  private static BufferedImage draw(String name, Chart<?, ?>... charts) throws IOException {
    return save(name, Picture.of(charts));
  }

  private static BufferedImage save(String name, Picture picture) throws IOException {
    BufferedImage image = picture.image(2);
    Path folder = Files.createDirectories(Path.of("target", "charts"));
    ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
    return image;
  }

  private static long count(BufferedImage image, Color color) {
    int width = image.getWidth();
    return Arrays.stream(image.getRGB(0, 0, width, image.getHeight(), null, 0, width))
        .filter(pixel -> pixel == color.getRGB())
        .count();
  }
}
