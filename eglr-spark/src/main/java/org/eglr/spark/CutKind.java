package org.eglr.spark;

/** How impressions become lists. */
enum CutKind {
  /** Each row names its list. */
  NAMED,
  /** A user's impressions within a time, counted back from the last. */
  WINDOWS,
  /** A user's impressions until a pause. */
  SESSIONS,
  /** A user's impressions, so many different items at a time. */
  CONSECUTIVE
}
