package org.eglr;

/** What a model's numbers are computed with. Both give the same results but for rounding. */
public enum Engine {
  /** Plain Java on the CPU's cores: the fastest there. */
  JAVA,
  /** SameDiff graphs on ND4J's backend, which may be a GPU. */
  SAMEDIFF
}
