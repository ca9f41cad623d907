package org.eglr.kernel.chart.vector;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records what is painted, to write it as SVG or PDF. */
public final class Drawing extends OutlineGraphics {

  private static final AffineTransform UPWARDS = AffineTransform.getRotateInstance(-Math.PI / 2);

  private final List<Element> elements;
  private final Letters letters;

  /**
   * An empty drawing.
   *
   * @param fonts those whose words stay words; words in others become outlines
   */
  public Drawing(List<Font> fonts) {
    this.elements = new ArrayList<>();
    this.letters = new Letters(fonts);
  }

  /** The same drawing with a state of its own. */
  private Drawing(Drawing shared) {
    super(shared.copiedState());
    this.elements = shared.elements;
    this.letters = shared.letters;
  }

  /**
   * The drawing as SVG.
   *
   * @param ink the colour that becomes the surrounding text's
   */
  public String svg(int width, int height, String title, Color ink) {
    return Svg.of(elements, width, height, title, ink);
  }

  /**
   * The drawing as a PDF of one page.
   *
   * @param ink the colour that becomes nearly black
   */
  public byte[] pdf(int width, int height, String title, Color ink) {
    return Pdf.of(elements, width, height, title, ink);
  }

  @Override
  public void draw(Shape shape) {
    if (!(getStroke() instanceof BasicStroke stroke)) {
      throw new UnsupportedOperationException("SVG and PDF files take plain strokes only");
    }
    add(new Element.Mark(placed(shape), getColor(), stroke, clip()));
  }

  @Override
  public void fill(Shape shape) {
    boolean isText =
        shape instanceof Path2D && (asText(shape, new AffineTransform()) || asText(shape, UPWARDS));
    if (!isText) {
      add(new Element.Mark(placed(shape), getColor(), null, clip()));
    }
  }

  private boolean asText(Shape shape, AffineTransform turn) {
    AffineTransform back =
        AffineTransform.getRotateInstance(-Math.atan2(turn.getShearY(), turn.getScaleX()));
    Optional<Letters.Words> read =
        letters.read(turn.isIdentity() ? shape : back.createTransformedShape(shape));
    read.ifPresent(
        words -> {
          AffineTransform place = getTransform();
          place.concatenate(turn);
          place.translate(words.start(), 0);
          add(
              new Element.Label(
                  placed(shape), getColor(), words.text(), words.font(), words.length(), place));
        });
    return read.isPresent();
  }

  @Override
  public void drawString(String text, float x, float y) {
    if (!text.isEmpty()) {
      AffineTransform before = getTransform();
      translate(x, y);
      fill(new TextLayout(text, getFont(), Letters.EXACT).getOutline(null));
      setTransform(before);
    }
  }

  @Override
  public FontRenderContext getFontRenderContext() {
    return Letters.EXACT;
  }

  @Override
  public Graphics create() {
    return new Drawing(this);
  }

  private Shape placed(Shape shape) {
    return getTransform().createTransformedShape(shape);
  }

  private Shape clip() {
    Shape clip = getClip();
    return clip == null ? null : placed(clip);
  }

  private void add(Element element) {
    boolean visible = element.color().getAlpha() > 0;
    if (visible && Double.isFinite(element.shape().getBounds2D().getWidth())) {
      elements.add(element);
    }
  }
}
