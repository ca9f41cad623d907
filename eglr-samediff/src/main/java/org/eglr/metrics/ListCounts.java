package org.eglr.metrics;

/**
 * What a report was taken from. Lists without a click count 0 and lists that are all clicks count 1
 * in MAP and NDCG, whatever their order.
 *
 * @param lists number of lists
 * @param users whose lists they are
 * @param withoutClick lists none of whose candidates was clicked
 * @param allClicked lists all of whose candidates were clicked
 */
public record ListCounts(int lists, int users, int withoutClick, int allClicked) {

  @Override
  public String toString() {
    return "%d lists of %d users, %d without a click (they count 0), %d all clicks (they count 1)"
        .formatted(lists, users, withoutClick, allClicked);
  }
}
