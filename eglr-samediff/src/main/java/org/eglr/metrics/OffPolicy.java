package org.eglr.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.ListChunks;

/**
 * Estimates what a re-ranker's lists would have been worth from a log whose policy is known:
 * inverse propensity scores (IPS) and their self-normalised form (SNIPS), for whole lists, for
 * lists as far as they agree, and position by position. Unlike labels that travel with the items
 * they do not assume that an item is clicked wherever it stands; what they assume is the {@link
 * OffPolicyModel}.
 *
 * <pre>{@code
 * OffPolicy.of(lists, Propensities.uniform())
 *     .estimate("eglr", request -> eglr.rerank(request).order())
 *     .toTable()
 * }</pre>
 *
 * <p>With weights w_k = [the re-ranker's list agrees with the logged one] / propensity and clicks
 * c_k at the positions k, IPS is the mean over lists of the sum over k of g_k w_k c_k; g_k is 1, or
 * the discount of {@link #dcg()}. SNIPS divides each position's sum of w_k c_k by that of w_k.
 * Standard errors count a user's lists as one cluster; those of SNIPS are by the delta method.
 */
public final class OffPolicy {

  private static final long SHUFFLE = 7;

  private final ListSet lists;
  private final Propensities propensities;
  private final boolean discounted;

  private OffPolicy(ListSet lists, Propensities propensities, boolean discounted) {
    this.lists = lists;
    this.propensities = propensities;
    this.discounted = discounted;
  }

  /**
   * Estimates by a log.
   *
   * @param lists logged by the policy; at least one
   * @param propensities of that policy
   * @throws DataException if there are no lists
   */
  public static OffPolicy of(ListSet lists, Propensities propensities) {
    if (lists.size() == 0) {
      throw new DataException("an off-policy estimate needs at least 1 logged list; there is none");
    }
    return new OffPolicy(lists, Objects.requireNonNull(propensities, "propensities"), false);
  }

  /** The same, of the DCG of clicks rather than of their number. */
  public OffPolicy dcg() {
    return new OffPolicy(lists, propensities, true);
  }

  /**
   * Estimates a re-ranker. It is given the pools in an order that chance decides: in the log's own
   * the list that was shown stands first, and who keeps to it seems to agree with the log.
   *
   * @param name what the report calls it
   * @param reranker gives a request's list: indices into its pool, as many as it asks for
   * @throws DataException if a list is longer or shorter than the logged one, or a propensity is
   *     none
   */
  public OffPolicyReport estimate(String name, Function<Request, int[]> reranker) {
    List<int[]> orders = new ArrayList<>();
    for (int list = 0; list < lists.size(); list++) {
      Request request = lists.request(list);
      int[] places = ListChunks.shuffled(request.pool(), SHUFFLE, list);
      int[] made = reranker.apply(request.withCandidates(places));
      orders.add(ListChunks.inPool(made, places));
    }
    return estimate(name, orders);
  }

  /**
   * Estimates lists that are given.
   *
   * @param name what the report calls them
   * @param orders for each logged list another one of the same length: indices into its pool,
   *     chosen without a look at what was shown
   * @throws DataException if a list is longer or shorter than the logged one, or a propensity is
   *     none
   */
  public OffPolicyReport estimate(String name, List<int[]> orders) {
    if (orders.size() != lists.size()) {
      throw new DataException(
          "%s: %d lists for %d logged ones; there must be one each"
              .formatted(name, orders.size(), lists.size()));
    }
    Clusters users = Clusters.of(lists);
    double[] shown = new double[lists.size()];
    for (int list = 0; list < shown.length; list++) {
      for (int k = 0; k < lists.length(list); k++) {
        shown[list] += lists.clicked(list, k) ? gain(k) : 0;
      }
    }
    List<OffPolicyEstimate> estimates = new ArrayList<>();
    for (OffPolicyModel model : OffPolicyModel.values()) {
      double[][] weights = new double[lists.size()][];
      for (int list = 0; list < weights.length; list++) {
        weights[list] = weights(model, name, list, orders.get(list));
      }
      WeightedClicks clicks = new WeightedClicks(lists, weights, this::gain);
      double effective = clicks.effective();
      estimates.add(estimate(model, false, users.mean("", clicks.plain()), effective));
      estimates.add(estimate(model, true, users.mean("", clicks.normalised()), effective));
    }
    String measured = discounted ? "DCG of clicks" : "clicks";
    return new OffPolicyReport(
        name, measured, lists.size(), users.mean(measured, shown), estimates);
  }

  private static OffPolicyEstimate estimate(
      OffPolicyModel model, boolean normalised, Metric mean, double effective) {
    return new OffPolicyEstimate(model, normalised, mean.value(), mean.standardError(), effective);
  }

  private double gain(int position) {
    return discounted ? Math.log(2) / Math.log(position + 2) : 1;
  }

  /** One weight a position. */
  private double[] weights(OffPolicyModel model, String name, int list, int[] order) {
    int length = lists.length(list);
    if (order.length != length) {
      throw new DataException(
          "%s: list %d has %d items, the logged one %d; they must be of one length"
              .formatted(name, list, order.length, length));
    }
    Request request = lists.request(list);
    double[] weights = new double[length];
    int agree = 0; // positions from the top; the logged list is the pool's beginning
    while (agree < length && order[agree] == agree) {
      agree++;
    }
    for (int k = 0; k < length; k++) {
      weights[k] =
          switch (model) {
            case WHOLE_LIST ->
                agree == length
                    ? 1 / checked(name, list, propensities.prefix(request, order, length))
                    : 0;
            case PREFIX ->
                k < agree ? 1 / checked(name, list, propensities.prefix(request, order, k + 1)) : 0;
            case POSITION ->
                order[k] == k ? 1 / checked(name, list, propensities.at(request, k, k)) : 0;
          };
    }
    return weights;
  }

  private static double checked(String name, int list, double propensity) {
    if (!(propensity > 0 && propensity <= 1 + 1e-12)) {
      throw new DataException(
          "%s: the propensity of what list %d showed is %s; it must be above 0, and 1 at most"
              .formatted(name, list, propensity));
    }
    return propensity;
  }
}
