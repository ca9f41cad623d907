package org.eglr.rerank;

import java.util.List;
import java.util.Map;
import org.eglr.data.Request;
import org.eglr.train.RewardedList;

/**
 * The lists that were made for one request.
 *
 * @param request user and pool
 * @param lists one a sample, as the evaluator sees them
 * @param initial the pool's first items in their order
 * @param clicked whether each candidate was shown and clicked: [pool]
 * @param dials the numbers that were drawn for {@link ModelGraph#dial}, by name
 */
public record ListGroup(
    Request request,
    List<RewardedList> lists,
    RewardedList initial,
    boolean[] clicked,
    Map<String, Double> dials) {}
