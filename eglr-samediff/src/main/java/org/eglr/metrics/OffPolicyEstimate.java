package org.eglr.metrics;

/**
 * What a list of another policy would have been worth, estimated from a log.
 *
 * @param model what a click is taken to depend on
 * @param normalised whether the weights are divided by their mean (SNIPS) rather than by the number
 *     of lists (IPS): a little biased, and usually much less variable
 * @param value the mean over lists; NaN where it is normalised and no weight is above 0
 * @param standardError of it, over users; NaN for fewer than two users
 * @param effective of how many lists the weights make use: (sum w)^2 / sum w^2, of the position
 *     where they are fewest; 0 where no logged list agrees
 */
public record OffPolicyEstimate(
    OffPolicyModel model,
    boolean normalised,
    double value,
    double standardError,
    double effective) {}
