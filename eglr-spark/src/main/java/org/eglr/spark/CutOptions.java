package org.eglr.spark;

import java.io.Serializable;

/**
 * How lists are cut.
 *
 * @param kind of cut
 * @param span the window's or pause's length in the units of the time column
 * @param longest items of a list at most
 * @param listsPerUser the latest windows, at most
 * @param minImpressions of a user with windows
 * @param unclicked whether windows without a click are taken
 * @param unit of the values, which makes a utility of 1; 0 where clicks are counted instead
 * @param dated whether a list needs a time
 */
record CutOptions(
    CutKind kind,
    long span,
    int longest,
    int listsPerUser,
    int minImpressions,
    boolean unclicked,
    double unit,
    boolean dated)
    implements Serializable {

  GroupCut begin(CutOutput out) {
    return switch (kind) {
      case NAMED -> new NamedListCut(longest, dated, out);
      case WINDOWS -> new WindowCut(this, out);
      case SESSIONS -> new SessionCut(span, longest, out);
      case CONSECUTIVE -> new ConsecutiveCut(longest, out);
    };
  }

  /** Windows are counted back from the last impression. */
  boolean latestFirst() {
    return kind == CutKind.WINDOWS;
  }
}
