package org.eglr.internal.math;

/**
 * Natural logarithms in double arithmetic, the same to the bit on every JDK and CPU, as {@link
 * StrictMath}'s are, which call native code on JDK 17 and cost three times as much. What x is made
 * of, 2^k and a number from 1 to 2, is compared with the nearest of {@value #CELLS} numbers whose
 * logarithm is known; what is left is a Taylor polynomial. Error below 2 units in the last place.
 */
public final class Logarithm {

  private static final int CELLS = 128;
  private static final int FRACTION = 52; // bits of a double's fraction
  private static final int FROM_HALF = 181; // cells beyond the root of 2 count as half and 2^(k+1)

  // log(2) in two parts, of which the first times any k is exact
  private static final double LOG_2_HIGH = 0x1.62e42fee00000p-1;
  private static final double LOG_2_LOW = 0x1.a39ef35793c76p-33;

  private static final double[] INVERSE = new double[CELLS + 1];
  private static final double[] LOG = new double[CELLS + 1];

  static {
    for (int i = 0; i <= CELLS; i++) {
      double known = 1 + (double) i / CELLS;
      INVERSE[i] = 1 / known;
      LOG[i] = StrictMath.log(CELLS + i >= FROM_HALF ? known / 2 : known);
    }
  }

  private Logarithm() {}

  /** log(x); -infinity of 0, NaN of what is below. */
  public static double of(double x) {
    if (!(x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE)) {
      return StrictMath.log(x);
    }
    long bits = Double.doubleToRawLongBits(x);
    double fraction =
        Double.longBitsToDouble((bits & ((1L << FRACTION) - 1)) | Double.doubleToRawLongBits(1));
    int cell = (int) ((fraction - 1) * CELLS + 0.5);
    int k = (int) (bits >> FRACTION) - Double.MAX_EXPONENT + (CELLS + cell >= FROM_HALF ? 1 : 0);
    double r = (fraction - (1 + (double) cell / CELLS)) * INVERSE[cell];
    double square = r * r;
    double high = (1.0 / 5 - r * (1.0 / 6)) + square * (1.0 / 7);
    double polynomial = square * (r * (1.0 / 3) - 0.5 - square * (0.25 - r * high));
    return k * LOG_2_HIGH + (LOG[cell] + (r + (polynomial + k * LOG_2_LOW)));
  }

  /** log(1 + x) of an x from 0 on, exact where 1 + x is not. */
  public static double ofOnePlus(double x) {
    double sum = 1 + x;
    return of(sum) + (x - (sum - 1)) / sum;
  }
}
