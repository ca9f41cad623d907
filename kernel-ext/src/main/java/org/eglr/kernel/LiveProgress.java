package org.eglr.kernel;

import java.util.Locale;
import java.util.function.Supplier;
import org.eglr.Progress;
import org.eglr.kernel.view.Html;
import org.eglr.kernel.view.Numbers;

/** Shows how far long work is, updated in place. */
public final class LiveProgress implements Progress {

  private static final long LINE_NANOS = 200_000_000;

  private final Display line;
  private long next;

  private LiveProgress(Display line) {
    this.line = line;
  }

  /** A display in the running cell; made at once, since work may tell of itself on any thread. */
  public static LiveProgress in(Host host) {
    return new LiveProgress(host.show(content(0, Double.NaN, "begins")));
  }

  /**
   * A display in the running cell, for work that a cell does.
   *
   * @throws IllegalStateException outside of a notebook
   */
  public static LiveProgress here() {
    return Notebook.host()
        .map(LiveProgress::in)
        .orElseThrow(() -> new IllegalStateException("no notebook kernel has loaded EGLR"));
  }

  @Override
  public synchronized void at(double share, double secondsLeft, String what) {
    long now = System.nanoTime();
    if (now - next >= 0 || next == 0 || share >= 1) {
      line.update(content(share, secondsLeft, what));
      next = now + LINE_NANOS;
    }
  }

  /** Does the work; if it fails, the display says so. */
  public <T> T during(Supplier<T> work) {
    try {
      return work.get();
    } catch (Throwable failure) {
      end(Content.text("Not finished."));
      throw failure;
    }
  }

  /** Puts the result, or what went wrong, in the place of the progress. */
  public synchronized void end(Content content) {
    line.update(content);
  }

  private static Content content(double share, double secondsLeft, String what) {
    String text = what + (secondsLeft >= 0 ? " · " + Numbers.time(secondsLeft) + " left" : "");
    String html =
        String.format(
                Locale.ROOT,
                "<div><progress value=\"%.4f\" max=\"1\" style=\"width:100%%\"></progress><div>",
                share)
            + Html.escape(text)
            + "</div></div>";
    return Content.html(html, Numbers.roughPercent(share) + " · " + text);
  }
}
