package org.eglr.kernel.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.eglr.kernel.EglrError;
import org.junit.jupiter.api.Test;

class SliderTest {

  @Test
  void wrongNumbersAreRefusedBeforeAnythingIsShown() {
    var error = assertThrows(EglrError.class, () -> Slider.of("t", 1, 0, 0.1, 0.5));
    assertEquals(
        "slider 't': min is 1, which is not below max, 0;"
            + " write Slider.of(name, min, max, step, start)",
        error.getMessage());
  }

  @Test
  void outsideOfANotebookItSaysSo() {
    Slider slider = Slider.of("t", 0, 1, 0.1, 0.5);
    var error = assertThrows(IllegalStateException.class, () -> slider.show(t -> t));
    assertEquals("no notebook kernel has loaded EGLR", error.getMessage());
  }
}
