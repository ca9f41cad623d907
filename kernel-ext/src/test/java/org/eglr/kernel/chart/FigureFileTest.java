package org.eglr.kernel.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.InflaterOutputStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.eglr.kernel.Charts;
import org.eglr.kernel.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What stands in the files; target/charts keeps some for people to look at. */
class FigureFileTest {

  @TempDir private Path folder;

  @Test
  void textStaysTextInSvg() throws Exception {
    Document svg = svg(Charts.entropy(Samples.profile()));
    List<String> words = texts(svg);
    assertTrue(
        words.containsAll(
            List.of(
                "Where the model hesitates",
                "position in the list",
                "decision entropy (nats)",
                "before reasoning",
                "after reasoning",
                "1",
                "5")),
        words.toString());
    assertEquals("520", svg.getDocumentElement().getAttribute("width"));
    assertEquals("0 0 520 340", svg.getDocumentElement().getAttribute("viewBox"));
    Element title = (Element) svg.getElementsByTagName("text").item(title(words));
    assertEquals("bold", title.getAttribute("font-weight"));
    assertEquals("13", title.getAttribute("font-size"));
    Element unit =
        (Element) svg.getElementsByTagName("text").item(words.indexOf("decision entropy (nats)"));
    assertTrue(
        unit.getAttribute("transform").startsWith("matrix(0 -1 1 0 "), "reads from below upwards");
  }

  private static int title(List<String> words) {
    return words.indexOf("Where the model hesitates");
  }

  @Test
  void everyChartOfOursKeepsAllItsWords() throws Exception {
    Document reward = svg(Charts.reward(Samples.grpo(400, false)));
    assertTrue(texts(reward).contains("reward (the evaluator's score)"), texts(reward).toString());
    assertTrue(texts(reward).contains("moving mean"), texts(reward).toString());
    Document bars = svg(Charts.clicks(Samples.data().train()));
    assertTrue(texts(bars).contains("clicked (% of lists)"), texts(bars).toString());
    for (Document svg : List.of(reward, bars)) {
      for (Element path : elements(svg, "path")) {
        assertFalse(
            path.getAttribute("fill").equals("currentColor")
                && path.getAttribute("fill-opacity").isEmpty(),
            "words that were not read as text: only lines of the grid are filled");
      }
      for (Element text : elements(svg, "text")) {
        assertEquals("currentColor", text.getAttribute("fill"), text.getTextContent());
      }
    }
  }

  @Test
  void svgHasNoPaperAndItsInkIsThatOfThePage() throws Exception {
    String text = text(Charts.entropy(Samples.profile()), "chart.svg");
    assertTrue(text.contains("fill=\"currentColor\""), text);
    assertFalse(text.contains("#FFFFFF") || text.contains("#797979"), text);
    assertTrue(text.contains("stroke=\"#D55E00\"") && text.contains("stroke-dasharray=\"6 4\""));
  }

  @Test
  void panelsAreOneDrawing() throws Exception {
    Picture picture =
        Picture.of(
            Charts.entropy(Samples.profile()),
            Charts.relativeEntropy(Samples.profile()),
            Charts.reasoningSteps(Samples.profile()));
    List<String> words = texts(svg(picture.size(1000, 300)));
    assertTrue(words.contains("Where the model hesitates"), words.toString());
    assertTrue(words.contains("Relative to a blind choice"), words.toString());
    assertTrue(words.contains("Reasoning by position"), words.toString());
    assertEquals(1000, picture.width());
    keep(picture, "three");
  }

  @Test
  void pdfIsOnePageOfTheChartsSize() throws IOException {
    LineChart chart = Charts.reward(Samples.grpo(400, false)).size(800, 400);
    byte[] bytes = Files.readAllBytes(saved(chart, "chart.pdf"));
    String pdf = new String(bytes, StandardCharsets.ISO_8859_1);
    assertTrue(pdf.startsWith("%PDF-1.4\n"));
    assertTrue(pdf.endsWith("%%EOF\n"));
    assertTrue(pdf.contains("/MediaBox [0 0 600 300]"), "800 x 400 pixels of 1/96 inch in points");
    assertTrue(pdf.contains("/Title (Reward)"));
    Matcher table = Pattern.compile("startxref\n(\\d+)").matcher(pdf);
    assertTrue(table.find());
    int at = Integer.parseInt(table.group(1));
    assertTrue(pdf.startsWith("xref\n0 6\n", at));
    Matcher entries = Pattern.compile("(\\d{10}) 00000 n ").matcher(pdf);
    for (int object = 1; object <= 5; object++) {
      assertTrue(entries.find());
      assertTrue(pdf.startsWith(object + " 0 obj\n", Integer.parseInt(entries.group(1))));
    }
    String page = page(bytes, pdf);
    assertTrue(page.startsWith("0.75 0 0 -0.75 0 300 cm\n"), "from points to pixels");
    assertTrue(page.contains("0 0.45 0.7 RG 2.5 w"), "the moving mean in blue");
    assertEquals(
        page.lines().filter("q"::equals).count(), page.lines().filter("Q"::equals).count());
    for (Matcher state = Pattern.compile("/A(\\d+) gs").matcher(page); state.find(); ) {
      assertTrue(pdf.contains("/A" + state.group(1) + " <</ca "), "an opacity without a name");
    }
    keep(chart, "reward");
  }

  private static String page(byte[] bytes, String pdf) throws IOException {
    Matcher stream =
        Pattern.compile("/Length (\\d+) /Filter /FlateDecode>>\nstream\n").matcher(pdf);
    assertTrue(stream.find());
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (InflaterOutputStream inflater = new InflaterOutputStream(content)) {
      inflater.write(bytes, stream.end(), Integer.parseInt(stream.group(1)));
    }
    return content.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void pngIsTransparentAndTwiceAsFine() throws IOException {
    Path file = saved(Charts.reasoningSteps(Samples.profile()).size(300, 200), "Chart.PNG");
    BufferedImage image = ImageIO.read(file.toFile());
    assertEquals(600, image.getWidth());
    assertEquals(400, image.getHeight());
    assertEquals(0, image.getRGB(0, 0) >>> 24);
    assertTrue(
        Stream.iterate(0, x -> x < 600, x -> x + 1)
            .anyMatch(x -> new Color(image.getRGB(x, 200)).equals(Look.BLUE)));
  }

  @Test
  void aWiderChartHasNoMoreNumbersOnItsAxis() {
    LineChart chart = Charts.entropy(Samples.profile()).size(1040, 300);
    assertEquals(1040 / 12, chart.getStyler().getXAxisTickMarkSpacingHint());
    Picture.of(chart).content();
    assertEquals(1040, chart.width());
  }

  @Test
  void whatCannotBeWrittenIsSaidInOneLine() {
    LineChart chart = Charts.entropy(Samples.profile());
    refused("'chart.gif' names no format: end it in .svg, .pdf or .png", chart, "chart.gif");
    refused("'chart' names no format: end it in .svg, .pdf or .png", chart, "chart");
    refused("'svg' names no format: end it in .svg, .pdf or .png", chart, "svg");
    refused(
        "there is no folder %s for a.svg: make it first".formatted(folder.resolve("none")),
        chart,
        "none/a.svg");
    var tooSmall = assertThrows(IllegalArgumentException.class, () -> chart.size(20, 300));
    assertEquals("a chart's width is 100 to 10,000 pixels, not 20", tooSmall.getMessage());
    var tooHigh = assertThrows(IllegalArgumentException.class, () -> chart.size(300, 10_001));
    assertEquals("a chart's height is 100 to 10,000 pixels, not 10,001", tooHigh.getMessage());
    assertEquals(520, chart.width(), "stays as it was");
  }

  @Test
  void aFolderIsNoFile() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken.svg"));
    refused(
        taken + " is a folder: name a file in it", Charts.loss(Samples.evaluator(9)), "taken.svg");
  }

  @Test
  void anOldFileIsReplacedAndNothingElseIsLeft() throws IOException {
    Path old = Files.writeString(folder.resolve("chart.svg"), "old");
    LineChart chart = Charts.entropy(Samples.profile());
    Thread.currentThread().interrupt(); // a stopped cell may save, too
    try {
      chart.save(old.toString());
    } finally {
      Thread.interrupted();
    }
    byte[] once = Files.readAllBytes(old);
    chart.save(old);
    assertArrayEquals(once, Files.readAllBytes(old), "the same chart gives the same bytes");
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(old), files.toList());
    }
  }

  private void refused(String message, Figure figure, String name) {
    var error =
        assertThrows(IllegalArgumentException.class, () -> figure.save(folder.resolve(name)));
    assertEquals(message, error.getMessage());
  }

  private Path saved(Figure figure, String name) {
    Path file = folder.resolve(name);
    figure.save(file);
    return file;
  }

  private String text(Figure figure, String name) throws IOException {
    return Files.readString(saved(figure, name));
  }

  private Document svg(Figure figure) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(saved(figure, "chart.svg").toFile());
  }

  private static List<String> texts(Document svg) {
    return elements(svg, "text").stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(Document svg, String name) {
    NodeList nodes = svg.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static void keep(Figure figure, String name) throws IOException {
    Path target = Files.createDirectories(Path.of("target", "charts"));
    figure.save(target.resolve(name + ".svg"));
    figure.save(target.resolve(name + ".pdf"));
  }
}
