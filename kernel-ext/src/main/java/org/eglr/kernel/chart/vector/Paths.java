package org.eglr.kernel.chart.vector;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Outlines and numbers as text. */
final class Paths {

  /** One drawing operation. */
  interface Pen {
    void draw(int type, double[] points);
  }

  private Paths() {}

  /** How many points a segment of a path has. */
  static int points(int type) {
    return switch (type) {
      case PathIterator.SEG_CLOSE -> 0;
      case PathIterator.SEG_QUADTO -> 2;
      case PathIterator.SEG_CUBICTO -> 3;
      default -> 1;
    };
  }

  /** Follows a path; quadratic curves come as cubic ones. */
  static void follow(Shape shape, Pen pen) {
    double[] at = new double[6];
    double[] last = new double[2];
    PathIterator path = shape.getPathIterator(null);
    for (; !path.isDone(); path.next()) {
      int type = path.currentSegment(at);
      if (type == PathIterator.SEG_QUADTO) {
        double[] cubic = {
          last[0] + 2 * (at[0] - last[0]) / 3,
          last[1] + 2 * (at[1] - last[1]) / 3,
          at[2] + 2 * (at[0] - at[2]) / 3,
          at[3] + 2 * (at[1] - at[3]) / 3,
          at[2],
          at[3]
        };
        last = new double[] {at[2], at[3]};
        pen.draw(PathIterator.SEG_CUBICTO, cubic);
      } else {
        int end = 2 * points(type);
        if (end > 0) {
          last = new double[] {at[end - 2], at[end - 1]};
        }
        pen.draw(type, at);
      }
    }
  }

  /** The path in SVG's letters. */
  static String svg(Shape shape) {
    StringBuilder text = new StringBuilder();
    follow(
        shape,
        (type, at) -> {
          text.append("MLQCZ".charAt(type));
          for (int i = 0; i < 2 * points(type); i++) {
            text.append(i == 0 ? "" : " ").append(number(at[i]));
          }
        });
    return text.toString();
  }

  static boolean evenOdd(Shape shape) {
    return shape.getPathIterator(null).getWindingRule() == Path2D.WIND_EVEN_ODD;
  }

  /** Two decimals at most, never with an exponent. */
  static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
