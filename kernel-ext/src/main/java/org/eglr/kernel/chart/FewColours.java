package org.eglr.kernel.chart;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings a drawing to at most 256 colours, which makes its file about half as large. Colours that
 * nearly equal each other, as smoothed edges have, become the commonest of them, so that lines and
 * paper keep theirs.
 */
final class FewColours {

  private static final int MOST = 256;

  private FewColours() {}

  /** The image with a palette, or as it is where it has too many different colours. */
  static BufferedImage of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> counts = counts(pixels);
    for (int bits = 6; bits >= 3; bits--) {
      Map<Integer, Integer> commonest = commonest(counts, bits);
      if (commonest.size() <= MOST) {
        return indexed(pixels, width, height, bits, commonest);
      }
    }
    return image;
  }

  private static Map<Integer, Integer> counts(int[] pixels) {
    Map<Integer, Integer> counts = new TreeMap<>();
    int from = 0;
    for (int i = 1; i <= pixels.length; i++) {
      if (i == pixels.length || pixels[i] != pixels[from]) {
        counts.merge(pixels[from], i - from, Integer::sum);
        from = i;
      }
    }
    return counts;
  }

  /** The commonest colour of each group of colours that are alike in their first bits. */
  private static Map<Integer, Integer> commonest(Map<Integer, Integer> counts, int bits) {
    Map<Integer, Integer> commonest = new LinkedHashMap<>();
    counts.forEach(
        (colour, count) ->
            commonest.merge(
                group(colour, bits), colour, (a, b) -> counts.get(b) > counts.get(a) ? b : a));
    return commonest;
  }

  private static BufferedImage indexed(
      int[] pixels, int width, int height, int bits, Map<Integer, Integer> colours) {
    int[] palette = new int[colours.size()];
    Map<Integer, Integer> index = new HashMap<>();
    colours.forEach(
        (group, colour) -> {
          palette[index.size()] = colour;
          index.put(group, index.size());
        });
    IndexColorModel model =
        new IndexColorModel(8, palette.length, palette, 0, true, -1, DataBuffer.TYPE_BYTE);
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
    byte[] row = new byte[width];
    int last = 0;
    int lastIndex = -1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int pixel = pixels[y * width + x];
        if (lastIndex < 0 || pixel != last) {
          last = pixel;
          lastIndex = index.get(group(pixel, bits));
        }
        row[x] = (byte) lastIndex;
      }
      small.getRaster().setDataElements(0, y, width, 1, row);
    }
    return small;
  }

  private static int group(int colour, int bits) {
    int mask = 0xFF << (8 - bits) & 0xFF;
    return colour & (mask << 24 | mask << 16 | mask << 8 | mask);
  }
}
