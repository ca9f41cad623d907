package org.eglr.kernel.chart.vector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.Deflater;

/**
 * A drawing as a PDF of one page, of the drawing's size at 96 pixels an inch. Words are outlines:
 * journals refuse fonts that are not embedded. Nothing is painted behind the drawing.
 */
final class Pdf {

  private static final double POINTS = 72.0 / 96;

  /** Mid-grey serves light and dark screens; on a page ink is dark. */
  private static final Color BLACK = new Color(0x22, 0x22, 0x22);

  private final StringBuilder content = new StringBuilder();
  private final TreeSet<Integer> alphas = new TreeSet<>();
  private final Color ink;

  private Pdf(Color ink) {
    this.ink = ink;
  }

  static byte[] of(List<Element> elements, int width, int height, String title, Color ink) {
    Pdf pdf = new Pdf(ink);
    String page = Paths.number(POINTS * width) + " " + Paths.number(POINTS * height);
    pdf.content.append("%s 0 0 -%s 0 %s cm\n".formatted(POINTS, POINTS, page.split(" ")[1]));
    elements.forEach(pdf::add);
    StringBuilder states = new StringBuilder();
    for (int alpha : pdf.alphas) {
      String part = Paths.number(alpha / 255.0);
      states.append("/A%d <</ca %s /CA %s>> ".formatted(alpha, part, part));
    }
    byte[] stream = deflated(pdf.content.toString().getBytes(ISO_8859_1));
    return file(
        List.of(
            bytes("<</Type /Catalog /Pages 2 0 R>>"),
            bytes("<</Type /Pages /Kids [3 0 R] /Count 1>>"),
            bytes(
                "<</Type /Page /Parent 2 0 R /MediaBox [0 0 %s] /Contents 4 0 R /Resources <</ExtGState <<%s>>>>>>"
                    .formatted(page, states)),
            stream(stream),
            bytes("<</Title (%s) /Producer (EGLR)>>".formatted(literal(title)))));
  }

  private void add(Element element) {
    content.append("q\n");
    if (element instanceof Element.Mark mark && mark.clip() != null) {
      path(mark.clip());
      content.append("W n\n");
    }
    Color color = element.color();
    if ((color.getRGB() & 0xFFFFFF) == (ink.getRGB() & 0xFFFFFF)) {
      color = new Color(BLACK.getRed(), BLACK.getGreen(), BLACK.getBlue(), color.getAlpha());
    }
    alphas.add(color.getAlpha());
    content.append("/A%d gs ".formatted(color.getAlpha()));
    for (int part : new int[] {color.getRed(), color.getGreen(), color.getBlue()}) {
      content.append(Paths.number(part / 255.0)).append(' ');
    }
    BasicStroke stroke = element instanceof Element.Mark mark ? mark.stroke() : null;
    content.append(stroke == null ? "rg\n" : "RG " + line(stroke));
    path(element.shape());
    boolean evenOdd = Paths.evenOdd(element.shape());
    content.append(stroke != null ? "S" : evenOdd ? "f*" : "f").append("\nQ\n");
  }

  private static String line(BasicStroke stroke) {
    StringBuilder line = new StringBuilder();
    line.append(Paths.number(stroke.getLineWidth())).append(" w ");
    line.append(stroke.getEndCap()).append(" J ").append(stroke.getLineJoin()).append(" j");
    if (stroke.getDashArray() != null) {
      line.append(" [");
      for (float dash : stroke.getDashArray()) {
        line.append(Paths.number(dash)).append(' ');
      }
      line.append("] 0 d");
    }
    return line.append('\n').toString();
  }

  private void path(Shape shape) {
    Paths.follow(
        shape,
        (type, at) -> {
          for (int i = 0; i < 2 * Paths.points(type); i++) {
            content.append(Paths.number(at[i])).append(' ');
          }
          content.append(type == PathIterator.SEG_CLOSE ? "h" : "ml-c".substring(type, type + 1));
          content.append('\n');
        });
  }

  /** The objects, numbered from 1: catalogue first, information last. */
  private static byte[] file(List<byte[]> objects) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(bytes("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n"));
    List<Integer> offsets = new ArrayList<>();
    for (byte[] object : objects) {
      offsets.add(file.size());
      file.writeBytes(bytes(offsets.size() + " 0 obj\n"));
      file.writeBytes(object);
      file.writeBytes(bytes("\nendobj\n"));
    }
    int table = file.size();
    file.writeBytes(bytes("xref\n0 %d\n0000000000 65535 f \n".formatted(objects.size() + 1)));
    offsets.forEach(offset -> file.writeBytes(bytes("%010d 00000 n \n".formatted(offset))));
    file.writeBytes(
        bytes(
            "trailer\n<</Size %d /Root 1 0 R /Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
                .formatted(objects.size() + 1, objects.size(), table)));
    return file.toByteArray();
  }

  private static byte[] stream(byte[] deflated) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(
        bytes("<</Length %d /Filter /FlateDecode>>\nstream\n".formatted(deflated.length)));
    stream.writeBytes(deflated);
    stream.writeBytes(bytes("\nendstream"));
    return stream.toByteArray();
  }

  private static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(content);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] block = new byte[8192];
      while (!deflater.finished()) {
        out.write(block, 0, deflater.deflate(block));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static String literal(String text) {
    return text.replaceAll("([\\\\()])", "\\\\$1");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
