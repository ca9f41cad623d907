package org.eglr.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eglr.kernel.Content;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.FakeHost;
import org.eglr.kernel.Samples;
import org.eglr.kernel.chart.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotCommandTest {

  @TempDir private Path folder;
  private final FakeHost host = new FakeHost();
  private final EglrMagic magic = new EglrMagic(host);

  PlotCommandTest() {
    host.variables.set("grpoLog", Samples.grpo(60, false));
  }

  @Test
  void aChartIsShownAndSavedInTheSizeAskedFor() throws IOException {
    Path file = folder.resolve("reward.svg");
    Picture picture =
        (Picture) run("plot", "reward", "--width", "600", "--height", "300", "--save", "" + file);
    assertEquals(600, picture.width());
    Content shown = host.shown.get(0).get(0);
    assertEquals(Map.of("width", 600, "height", 300), shown.metadata().get(Content.PNG));
    assertTrue(Files.readString(file).contains("width=\"600\" height=\"300\""));
    assertTrue(host.text().contains("Saved to " + file), host.text());
    picture.size(400, 200).save(folder.resolve("again.pdf"));
    assertTrue(Files.size(folder.resolve("again.pdf")) > 1000);
  }

  @Test
  void oneSideMayBeLeftOut() {
    assertEquals(200, ((Picture) run("plot", "reward", "--height", "200")).height());
    assertEquals(1040, ((Picture) run("plot", "reward", "--height", "200")).width());
  }

  @Test
  void whatCannotBeSavedIsRefusedBeforeAnythingIsMeasured() {
    refused("'reward.bmp' names no format: end it in .svg, .pdf or .png", "--save", "reward.bmp");
    refused(
        "there is no folder %s for a.png: make it first".formatted(folder.resolve("none")),
        "--save",
        folder.resolve("none/a.png").toString());
    refused("a chart's width is 100 to 10,000 pixels, not 5", "--width", "5");
    refused("a chart's height is 100 to 10,000 pixels, not -1", "--height=-1");
    assertTrue(host.shown.isEmpty(), "nothing was drawn");
  }

  private void refused(String message, String... options) {
    List<String> line = new ArrayList<>(List.of("plot", "entropy"));
    line.addAll(List.of(options));
    assertEquals(message, assertThrows(EglrError.class, () -> magic.line(line)).getMessage());
  }

  private Object run(String... words) {
    return magic.line(List.of(words));
  }
}
