package org.eglr.data;

/**
 * How far the reading of a published log is.
 *
 * @param what the file that is read, or what is done with it
 * @param rows rows read so far, of all files
 * @param share of the files' bytes, 0 to 1
 * @param seconds since it began
 */
public record LogProgress(String what, long rows, double share, double seconds) {

  /** Rows a second since it began; 0 at its beginning. */
  public double pace() {
    return seconds > 0 ? rows / seconds : 0;
  }

  /** Seconds until the files are read, at the pace so far; NaN at its beginning. */
  public double secondsLeft() {
    return share > 0.01 ? seconds * (1 - share) / share : Double.NaN;
  }
}
