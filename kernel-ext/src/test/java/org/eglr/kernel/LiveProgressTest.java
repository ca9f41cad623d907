package org.eglr.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How far long work is, in a cell. */
class LiveProgressTest {

  private static List<String> texts(FakeHost host) {
    return host.shown.get(0).stream().map(content -> content.data().get(Content.TEXT)).toList();
  }

  @Test
  void theEndIsShownHoweverSoonItComes() {
    FakeHost host = new FakeHost();
    Installed.with(
        host,
        () -> {
          LiveProgress progress = LiveProgress.here();
          progress.at(0.25, Double.NaN, "1 of 4");
          progress.at(1, Double.NaN, "4 of 4");
        });
    assertEquals(List.of("0 % · begins", "25 % · 1 of 4", "100 % · 4 of 4"), texts(host));
  }

  @Test
  void thereIsNoneOutsideOfANotebook() {
    IllegalStateException none = assertThrows(IllegalStateException.class, LiveProgress::here);
    assertEquals("no notebook kernel has loaded EGLR", none.getMessage());
  }
}
