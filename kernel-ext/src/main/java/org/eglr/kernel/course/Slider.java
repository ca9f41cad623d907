package org.eglr.kernel.course;

import java.util.function.DoubleFunction;
import org.eglr.kernel.Host;
import org.eglr.kernel.Notebook;
import org.eglr.kernel.widget.NumberControl;
import org.eglr.kernel.widget.WhatIf;

/**
 * A what-if in a cell: {@code Slider.of("threshold", 0, 2.3, 0.1, 1.2).show(threshold -> ...)}
 * shows what the function gives for 1.2, and for every other value to which a reader moves the
 * slider. JupyterLab draws the slider; a page, or a front end without Jupyter's widgets, shows the
 * start value's result and how to change it.
 */
public final class Slider {

  private final NumberControl control;

  private Slider(NumberControl control) {
    this.control = control;
  }

  /**
   * A slider.
   *
   * @param name what the number is
   * @param min the least value
   * @param max the greatest value, above {@code min}
   * @param step from one value to the next, above 0 and at most {@code max - min}
   * @param start the first value, from {@code min} to {@code max}
   * @throws org.eglr.kernel.EglrError if a number is out of these bounds
   */
  public static Slider of(String name, double min, double max, double step, double start) {
    return new Slider(new NumberControl(name, min, max, step, start));
  }

  /**
   * Shows the slider and, below it, what the function gives. While one value is computed, only the
   * last of further moves is kept. An exception for the start value is the cell's; for a later one
   * its message stands in the place of the result. What the function prints then stands above it.
   *
   * @param view what to show for a value, as a cell would show it: a picture, a table, a text
   * @throws IllegalStateException outside of a notebook
   */
  public void show(DoubleFunction<?> view) {
    Host host =
        Notebook.host()
            .orElseThrow(() -> new IllegalStateException("no notebook kernel has loaded EGLR"));
    String otherwise =
        "change the start value, %s, in the cell and run it again"
            .formatted(control.text(control.start()));
    WhatIf.show(host, control, otherwise, view::apply);
  }
}
