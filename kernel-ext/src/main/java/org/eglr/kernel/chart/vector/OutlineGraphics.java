package org.eglr.kernel.chart.vector;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.text.AttributedCharacterIterator;

/** Brings all drawing to outlines that are drawn or filled; pixels are refused. */
abstract class OutlineGraphics extends StatefulGraphics {

  OutlineGraphics() {}

  OutlineGraphics(Graphics2D state) {
    super(state);
  }

  private static UnsupportedOperationException pixels() {
    return new UnsupportedOperationException(
        "this chart holds pictures, which our SVG and PDF files do not: save it as .png");
  }

  @Override
  public void drawLine(int x1, int y1, int x2, int y2) {
    draw(new Line2D.Double(x1, y1, x2, y2));
  }

  @Override
  public void fillRect(int x, int y, int width, int height) {
    fill(new Rectangle(x, y, width, height));
  }

  @Override
  public void drawRoundRect(int x, int y, int width, int height, int across, int down) {
    draw(new RoundRectangle2D.Double(x, y, width, height, across, down));
  }

  @Override
  public void fillRoundRect(int x, int y, int width, int height, int across, int down) {
    fill(new RoundRectangle2D.Double(x, y, width, height, across, down));
  }

  @Override
  public void drawOval(int x, int y, int width, int height) {
    draw(new Ellipse2D.Double(x, y, width, height));
  }

  @Override
  public void fillOval(int x, int y, int width, int height) {
    fill(new Ellipse2D.Double(x, y, width, height));
  }

  @Override
  public void drawArc(int x, int y, int width, int height, int from, int angle) {
    draw(new Arc2D.Double(x, y, width, height, from, angle, Arc2D.OPEN));
  }

  @Override
  public void fillArc(int x, int y, int width, int height, int from, int angle) {
    fill(new Arc2D.Double(x, y, width, height, from, angle, Arc2D.PIE));
  }

  @Override
  public void drawPolygon(int[] x, int[] y, int count) {
    draw(new Polygon(x, y, count));
  }

  @Override
  public void fillPolygon(int[] x, int[] y, int count) {
    fill(new Polygon(x, y, count));
  }

  @Override
  public void drawPolyline(int[] x, int[] y, int count) {
    for (int i = 1; i < count; i++) {
      drawLine(x[i - 1], y[i - 1], x[i], y[i]);
    }
  }

  @Override
  public void drawString(String text, int x, int y) {
    drawString(text, (float) x, (float) y);
  }

  @Override
  public void drawGlyphVector(GlyphVector glyphs, float x, float y) {
    fill(glyphs.getOutline(x, y));
  }

  @Override
  public void drawString(AttributedCharacterIterator text, int x, int y) {
    throw pixels();
  }

  @Override
  public void drawString(AttributedCharacterIterator text, float x, float y) {
    throw pixels();
  }

  @Override
  public void clearRect(int x, int y, int width, int height) {
    throw pixels();
  }

  @Override
  public void copyArea(int x, int y, int width, int height, int dx, int dy) {
    throw pixels();
  }

  @Override
  public boolean drawImage(Image image, AffineTransform transform, ImageObserver observer) {
    throw pixels();
  }

  @Override
  public void drawImage(BufferedImage image, BufferedImageOp operation, int x, int y) {
    throw pixels();
  }

  @Override
  public void drawRenderedImage(RenderedImage image, AffineTransform transform) {
    throw pixels();
  }

  @Override
  public void drawRenderableImage(RenderableImage image, AffineTransform transform) {
    throw pixels();
  }

  @Override
  public boolean drawImage(Image image, int x, int y, ImageObserver observer) {
    throw pixels();
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int width, int height, ImageObserver observer) {
    throw pixels();
  }

  @Override
  public boolean drawImage(Image image, int x, int y, Color color, ImageObserver observer) {
    throw pixels();
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int width, int height, Color color, ImageObserver observer) {
    throw pixels();
  }

  @Override
  public boolean drawImage(
      Image image,
      int a1,
      int b1,
      int a2,
      int b2,
      int x1,
      int y1,
      int x2,
      int y2,
      ImageObserver observer) {
    throw pixels();
  }

  @Override
  public boolean drawImage(
      Image image,
      int a1,
      int b1,
      int a2,
      int b2,
      int x1,
      int y1,
      int x2,
      int y2,
      Color color,
      ImageObserver observer) {
    throw pixels();
  }
}
