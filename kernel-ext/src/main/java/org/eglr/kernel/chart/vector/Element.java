package org.eglr.kernel.chart.vector;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.AffineTransform;

/** A part of a drawing, in pixels from its upper left corner. */
sealed interface Element {

  Color color();

  /** What is painted, as an outline or as a line. */
  Shape shape();

  /** A shape that is filled where {@code stroke} is null, else drawn; only within {@code clip}. */
  record Mark(Shape shape, Color color, BasicStroke stroke, Shape clip) implements Element {}

  /**
   * Words.
   *
   * @param shape their outlines
   * @param text as they read
   * @param length from the first letter's origin to the end of the last, in pixels
   * @param place moves and turns the first letter's origin from (0, 0) to where it is
   */
  record Label(
      Shape shape, Color color, String text, Font font, double length, AffineTransform place)
      implements Element {}
}
