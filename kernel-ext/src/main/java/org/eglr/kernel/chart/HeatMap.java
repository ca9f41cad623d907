package org.eglr.kernel.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.HeatMapChart;

/**
 * A square of shares, 0 to 1: a row and a column for each name, a field for each pair; the larger a
 * share, the less of the page shines through. A row's largest is opaque: rows of many names, whose
 * shares are all small, would be pale otherwise. A bar beside it says so. It paints itself:
 * XChart's heat maps know opaque colours only, which suit one theme.
 */
public final class HeatMap extends HeatMapChart implements Figure {

  private static final int MARGIN = 8;
  private static final int BAR = 10; // the colour bar's width
  private static final int STEPS = 32; // its colours
  private static final String SCALE = "share of the row's largest";

  private final List<String> names;
  private final float[][] shares;
  private final String across;
  private final String down;

  /**
   * @param shares [row][column], 0 to 1; rows from the top
   * @param across what columns are
   * @param down what rows are
   */
  HeatMap(
      ChartSize size,
      String title,
      List<String> names,
      float[][] shares,
      String across,
      String down) {
    super(size.width(), size.height());
    setTitle(title);
    this.names = List.copyOf(names);
    this.shares = shares;
    this.across = across;
    this.down = down;
  }

  @Override
  public int width() {
    return getWidth();
  }

  @Override
  public int height() {
    return getHeight();
  }

  @Override
  public HeatMap size(int width, int height) {
    Figure.check(width, height);
    setWidth(width);
    setHeight(height);
    return this;
  }

  @Override
  public void save(Path file) {
    Picture.of(this).save(file);
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    FontMetrics small = g.getFontMetrics(font(g, 0));
    int line = small.getHeight();
    int longest = names.stream().mapToInt(small::stringWidth).max().orElse(0);
    int left = MARGIN + 2 * line + longest;
    int top = MARGIN + 2 * line;
    int right = 2 * MARGIN + BAR + 4 + line;
    double side =
        Math.max(1, Math.min(width - left - right, height - top - longest - 2 * line - MARGIN));
    double field = side / names.size();
    fields(g, left, top, field);
    g.setColor(Look.INK);
    int every = (int) Math.ceil(small.getAscent() / field); // names that would overlap are left out
    for (int i = 0; i < names.size(); i += every) {
      double middle = (i + 0.5) * field + small.getAscent() / 2.0 - 1;
      g.drawString(
          names.get(i),
          (float) (left - 4 - small.stringWidth(names.get(i))),
          (float) (top + middle));
      turned(g, names.get(i), left + middle, top + side + 4 + small.stringWidth(names.get(i)));
    }
    bar(g, left + side + MARGIN, top, side, small);
    FontMetrics text = g.getFontMetrics(font(g, 1));
    float below = (float) (top + side + longest + 2 * line - 2);
    g.drawString(across, (float) (left + (side - text.stringWidth(across)) / 2), below);
    turned(g, down, MARGIN + text.getAscent(), top + (side + text.stringWidth(down)) / 2);
    FontMetrics title = g.getFontMetrics(font(g, 2));
    float middle = (float) (left + (side - title.stringWidth(getTitle())) / 2);
    g.drawString(getTitle(), Math.max(MARGIN, middle), MARGIN + title.getAscent());
  }

  private void fields(Graphics2D g, int left, int top, double field) {
    for (int row = 0; row < shares.length; row++) {
      float largest = 0;
      for (float share : shares[row]) {
        largest = Math.max(largest, share);
      }
      for (int column = 0; column < shares[row].length; column++) {
        if (shares[row][column] > 0) {
          g.setColor(shade(shares[row][column] / largest));
          g.fill(new Rectangle2D.Double(left + column * field, top + row * field, field, field));
        }
      }
      g.setColor(Look.GRID); // the diagonal tells where a token stands
      g.draw(new Rectangle2D.Double(left + row * field, top + row * field, field, field));
    }
  }

  /** What the colours mean, from 0 at the bottom to 1; its words where there is room for them. */
  private static void bar(Graphics2D g, double left, double top, double side, FontMetrics small) {
    for (int i = 0; i < STEPS; i++) {
      g.setColor(shade((i + 0.5) / STEPS));
      double at = top + side * (STEPS - 1 - i) / STEPS;
      g.fill(new Rectangle2D.Double(left, at, BAR, side / STEPS));
    }
    g.setColor(Look.INK);
    int ascent = small.getAscent();
    float beside = (float) (left + BAR + 4);
    g.drawString("1", beside, (float) (top + ascent));
    g.drawString("0", beside, (float) (top + side));
    int words = small.stringWidth(SCALE);
    if (side > words + 4 * ascent) {
      turned(g, SCALE, beside + ascent, top + (side + words) / 2);
    }
  }

  private static Color shade(double share) {
    Color blue = Look.BLUE;
    int alpha = (int) Math.round(255 * Math.min(1, share));
    return new Color(blue.getRed(), blue.getGreen(), blue.getBlue(), alpha);
  }

  private static Font font(Graphics2D g, int size) {
    g.setFont(Look.FONTS.get(size));
    return g.getFont();
  }

  /** Writes upwards. */
  private static void turned(Graphics2D g, String text, double x, double y) {
    AffineTransform before = g.getTransform();
    g.translate(x, y);
    g.rotate(-Math.PI / 2);
    g.drawString(text, 0, 0);
    g.setTransform(before);
  }
}
