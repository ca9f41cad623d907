package org.eglr.metrics;

/** On what a click depends beside its own item and position: the fewer, the surer the estimate. */
public enum OffPolicyModel {
  /**
   * On all of the list. A logged list counts where it is the estimated one from top to bottom:
   * without bias whatever users do, but hopeless for long lists, which rarely agree by chance.
   */
  WHOLE_LIST("whole list"),
  /** On what stands before it (a user who looks from the top). */
  PREFIX("what stands before"),
  /** On nothing else: a logged position counts where it has the estimated item. */
  POSITION("item and position");

  private final String words;

  OffPolicyModel(String words) {
    this.words = words;
  }

  /** As in tables. */
  @Override
  public String toString() {
    return words;
  }
}
