package org.eglr.internal.model;

import java.util.Arrays;
import java.util.List;
import org.eglr.data.Request;

/** Which item each row of an array is about: a candidate of a request, or none. */
public final class ItemRows {

  private Request[] requests;
  private int[] candidates;
  private int size;

  private ItemRows(int room) {
    requests = new Request[room];
    candidates = new int[room];
  }

  /** No rows yet. */
  public ItemRows() {
    this(64);
  }

  /**
   * Request after request: row r * length + j is about candidate j of request r.
   *
   * @param counts of the first candidates of each request; behind them are rows about nothing
   */
  public static ItemRows byRequest(List<Request> requests, int[] counts, int length) {
    ItemRows rows = new ItemRows(requests.size() * length);
    for (int r = 0; r < requests.size(); r++) {
      for (int j = 0; j < length; j++) {
        rows.add(j < counts[r] ? requests.get(r) : null, j);
      }
    }
    return rows;
  }

  /** Candidate after candidate: row j * requests + r is about candidate j of request r. */
  public static ItemRows byCandidate(List<Request> requests, int pool) {
    ItemRows rows = new ItemRows(pool * requests.size());
    for (int j = 0; j < pool; j++) {
      for (Request request : requests) {
        rows.add(j < request.pool() ? request : null, j);
      }
    }
    return rows;
  }

  /** Adds a row; returns its number. */
  public int add(Request request, int candidate) {
    if (size == candidates.length) {
      requests = Arrays.copyOf(requests, 2 * size);
      candidates = Arrays.copyOf(candidates, 2 * size);
    }
    requests[size] = request;
    candidates[size] = candidate;
    return size++;
  }

  public int size() {
    return size;
  }

  /** The request that a row is about; null where it is about nothing. */
  public Request request(int row) {
    return requests[row];
  }

  /** Index into the request's pool. */
  public int candidate(int row) {
    return candidates[row];
  }

  /** Rows from (inclusive) to (exclusive). */
  public ItemRows part(int from, int to) {
    ItemRows part = new ItemRows(0);
    part.requests = Arrays.copyOfRange(requests, from, to);
    part.candidates = Arrays.copyOfRange(candidates, from, to);
    part.size = to - from;
    return part;
  }
}
