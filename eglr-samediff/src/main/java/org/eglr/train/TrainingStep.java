package org.eglr.train;

import java.util.Map;
import java.util.Optional;
import org.eglr.decode.EntropyProfile;

/**
 * What one optimiser step measured.
 *
 * @param step 1-based step
 * @param total steps the run will take unless it stops early
 * @param seconds since the run began
 * @param values named measurements in reading order. Evaluator: {@code loss}, {@code click loss}
 *     (eq. 15), {@code value loss} (eq. 16), {@code gradient norm}. GRPO: {@code loss}, {@code
 *     reward} (mean; with several parts also {@code reward: NAME} each, unweighted), {@code reward
 *     std} (mean within groups), {@code flat groups} (share of groups without spread), {@code
 *     near-flat groups} (share of the others whose deviation is at most 0.1 % of their largest
 *     absolute reward), {@code largest advantage} (absolute), {@code input order} (share of lists
 *     that are their pool's first candidates as they came), {@code entropy}, {@code reasoning
 *     steps}, {@code gradient norm}. On simulated data also {@code true DCG} (mean) and {@code
 *     truth agreement}: the correlation of reward and true DCG within a group, as the mean over
 *     groups that have a spread of both. With their options also {@code learning rate}, {@code
 *     clipped choices} (share of choices whose gradient the ratio's clip took, over the updates
 *     after the first) and {@code KL to reference} (k3, per list, mean over updates)
 * @param profile GRPO: entropy and reasoning by position in the sampled lists
 */
public record TrainingStep(
    int step,
    int total,
    double seconds,
    Map<String, Double> values,
    Optional<EntropyProfile> profile) {}
