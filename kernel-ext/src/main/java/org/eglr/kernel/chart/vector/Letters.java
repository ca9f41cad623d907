package org.eglr.kernel.chart.vector;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads outlines of words back to words: XChart paints nothing else, and a text should stay one.
 */
final class Letters {

  /** Whole outlines, without rounding to pixels. */
  static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

  private static final double TOLERANCE = 0.02;
  private static final int MOST_BLANKS = 8;

  /**
   * Words that were read.
   *
   * @param length with the last letter's advance, in pixels
   * @param start horizontal place of the first letter's origin
   */
  record Words(String text, Font font, double length, double start) {}

  private record Letter(char sign, List<double[]> outline, double advance) {}

  private record Alphabet(Font font, List<Letter> letters, double blank) {}

  private final List<Alphabet> alphabets = new ArrayList<>();

  Letters(Iterable<Font> fonts) {
    for (Font font : fonts) {
      List<Letter> letters = new ArrayList<>();
      for (char sign = '!'; sign < 0x180; sign++) {
        GlyphVector glyph = font.createGlyphVector(EXACT, new char[] {sign});
        List<double[]> outline = segments(glyph.getOutline());
        if (!outline.isEmpty() && font.canDisplay(sign)) {
          letters.add(new Letter(sign, outline, glyph.getGlyphMetrics(0).getAdvance()));
        }
      }
      double blank = font.createGlyphVector(EXACT, " ").getGlyphMetrics(0).getAdvance();
      alphabets.add(new Alphabet(font, letters, blank));
    }
  }

  /** The words of a shape whose baseline is at height 0; empty if it is no text in these fonts. */
  Optional<Words> read(Shape shape) {
    List<double[]> outline = segments(shape);
    return outline.isEmpty()
        ? Optional.empty()
        : alphabets.stream().flatMap(alphabet -> read(alphabet, outline).stream()).findFirst();
  }

  private static Optional<Words> read(Alphabet alphabet, List<double[]> outline) {
    StringBuilder text = new StringBuilder();
    double pen = 0;
    int at = 0;
    int blanks = 0;
    while (at < outline.size()) {
      Letter next = next(alphabet, outline, at, pen);
      if (next != null) {
        text.append(next.sign);
        pen += next.advance;
        at += next.outline.size();
        blanks = 0;
      } else if (blanks++ < MOST_BLANKS) {
        text.append(' ');
        pen += alphabet.blank;
      } else {
        return Optional.empty();
      }
    }
    int leading = text.length() - text.toString().stripLeading().length();
    double start = leading * alphabet.blank;
    return Optional.of(new Words(text.substring(leading), alphabet.font, pen - start, start));
  }

  /** The letter with the most segments: a full stop is the beginning of a colon. */
  private static Letter next(Alphabet alphabet, List<double[]> outline, int at, double pen) {
    Letter longest = null;
    for (Letter letter : alphabet.letters) {
      boolean longer = longest == null || letter.outline.size() > longest.outline.size();
      if (longer && matches(letter.outline, outline, at, pen)) {
        longest = letter;
      }
    }
    return longest;
  }

  private static boolean matches(
      List<double[]> letter, List<double[]> outline, int at, double pen) {
    if (at + letter.size() > outline.size()) {
      return false;
    }
    for (int i = 0; i < letter.size(); i++) {
      double[] expected = letter.get(i);
      double[] found = outline.get(at + i);
      if (expected.length != found.length || expected[0] != found[0]) {
        return false;
      }
      for (int j = 1; j < expected.length; j++) {
        double shift = j % 2 == 1 ? pen : 0;
        if (Math.abs(expected[j] + shift - found[j]) > TOLERANCE) {
          return false;
        }
      }
    }
    return true;
  }

  /** Each segment's type and its coordinates. */
  private static List<double[]> segments(Shape shape) {
    List<double[]> segments = new ArrayList<>();
    double[] points = new double[6];
    PathIterator path = shape.getPathIterator(new AffineTransform());
    for (; !path.isDone(); path.next()) {
      int type = path.currentSegment(points);
      double[] segment = new double[1 + 2 * Paths.points(type)];
      segment[0] = type;
      System.arraycopy(points, 0, segment, 1, segment.length - 1);
      segments.add(segment);
    }
    return segments;
  }
}
