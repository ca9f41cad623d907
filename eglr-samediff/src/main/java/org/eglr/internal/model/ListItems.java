package org.eglr.internal.model;

import java.util.List;
import org.eglr.data.Request;

/**
 * Which items the lists of a batch are made of.
 *
 * @param requests one a list
 * @param orders indices into the requests' pools; null: the first candidates, as they are
 */
public record ListItems(List<Request> requests, List<int[]> orders) {

  /** Lists of the requests' first candidates. */
  public static ListItems shown(List<Request> requests) {
    return new ListItems(requests, null);
  }

  public Request request(int list) {
    return requests.get(list);
  }

  /** The candidate at a position, which must be within the list. */
  public int candidate(int list, int position) {
    return orders == null ? position : orders.get(list)[position];
  }
}
