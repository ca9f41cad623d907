package org.eglr.kernel.chart.vector;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.StringJoiner;
import org.eglr.kernel.view.Html;

/**
 * A drawing as SVG: text stays text, nothing is painted behind it, and ink is {@code currentColor},
 * which is black in a file of its own and the text's colour inside a page.
 */
final class Svg {

  private final StringBuilder body = new StringBuilder();
  private final Color ink;

  private Svg(Color ink) {
    this.ink = ink;
  }

  static String of(List<Element> elements, int width, int height, String title, Color ink) {
    Svg svg = new Svg(ink);
    elements.forEach(svg::add);
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" \
        font-family="DejaVu Sans, Verdana, Arial, sans-serif">
        <title>%s</title>
        %s</svg>
        """
        .formatted(width, height, width, height, Html.escape(title), svg.body);
  }

  private void add(Element element) {
    if (element instanceof Element.Label label) {
      add(label);
    } else if (element instanceof Element.Mark mark) {
      add(mark);
    }
  }

  private void add(Element.Label label) {
    AffineTransform place = label.place();
    double[] m = new double[6];
    place.getMatrix(m);
    StringJoiner matrix = new StringJoiner(" ", "matrix(", ")");
    for (double value : m) {
      matrix.add(Paths.number(value));
    }
    boolean turned = Math.abs(m[1]) > 1e-9 || Math.abs(m[0] - 1) > 1e-9;
    String where =
        turned
            ? "transform=\"" + matrix + "\""
            : "x=\"%s\" y=\"%s\"".formatted(Paths.number(m[4]), Paths.number(m[5]));
    Font font = label.font();
    body.append(
        "<text %s font-size=\"%s\"%s textLength=\"%s\" lengthAdjust=\"spacingAndGlyphs\"%s>%s</text>\n"
            .formatted(
                where,
                Paths.number(font.getSize2D()),
                font.isBold() ? " font-weight=\"bold\"" : "",
                Paths.number(label.length()),
                paint("fill", label.color()),
                Html.escape(label.text())));
  }

  private void add(Element.Mark mark) {
    BasicStroke stroke = mark.stroke();
    Shape painted = stroke == null ? mark.shape() : stroke.createStrokedShape(mark.shape());
    String clip = "";
    if (mark.clip() != null && !mark.clip().contains(painted.getBounds2D())) {
      clip = " clip-path=\"url(#%s)\"".formatted(clip(mark.clip().getBounds2D()));
    }
    String how =
        stroke == null
            ? paint("fill", mark.color())
                + (Paths.evenOdd(mark.shape()) ? " fill-rule=\"evenodd\"" : "")
            : " fill=\"none\"" + paint("stroke", mark.color()) + line(stroke);
    body.append("<path d=\"%s\"%s%s/>\n".formatted(Paths.svg(mark.shape()), how, clip));
  }

  /** The name of a clip; from its place, so that equal names in one page are equal clips. */
  private String clip(Rectangle2D clip) {
    String name =
        "clip-%s-%s-%s-%s"
            .formatted(
                Paths.number(clip.getX()),
                Paths.number(clip.getY()),
                Paths.number(clip.getWidth()),
                Paths.number(clip.getHeight()));
    if (body.indexOf("id=\"" + name + "\"") < 0) {
      body.append(
          "<clipPath id=\"%s\"><path d=\"%s\"/></clipPath>\n".formatted(name, Paths.svg(clip)));
    }
    return name;
  }

  private String paint(String what, Color color) {
    boolean isInk = (color.getRGB() & 0xFFFFFF) == (ink.getRGB() & 0xFFFFFF);
    String name = isInk ? "currentColor" : "#%06X".formatted(color.getRGB() & 0xFFFFFF);
    String opacity =
        color.getAlpha() == 255
            ? ""
            : " %s-opacity=\"%s\"".formatted(what, Paths.number(color.getAlpha() / 255.0));
    return " %s=\"%s\"%s".formatted(what, name, opacity);
  }

  private static String line(BasicStroke stroke) {
    StringBuilder line = new StringBuilder();
    line.append(" stroke-width=\"").append(Paths.number(stroke.getLineWidth())).append('"');
    if (stroke.getEndCap() != BasicStroke.CAP_BUTT) {
      boolean round = stroke.getEndCap() == BasicStroke.CAP_ROUND;
      line.append(" stroke-linecap=\"").append(round ? "round" : "square").append('"');
    }
    if (stroke.getLineJoin() != BasicStroke.JOIN_MITER) {
      boolean round = stroke.getLineJoin() == BasicStroke.JOIN_ROUND;
      line.append(" stroke-linejoin=\"").append(round ? "round" : "bevel").append('"');
    }
    if (stroke.getDashArray() != null) {
      StringJoiner dashes = new StringJoiner(" ");
      for (float dash : stroke.getDashArray()) {
        dashes.add(Paths.number(dash));
      }
      line.append(" stroke-dasharray=\"").append(dashes).append('"');
    }
    return line.toString();
  }
}
