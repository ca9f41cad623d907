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
 *     reward} (mean), {@code reward std} (mean within groups), {@code flat groups} (share of groups
 *     without spread), {@code entropy}, {@code reasoning steps}, {@code gradient norm}
 * @param profile GRPO: entropy and reasoning by position in the sampled lists
 */
public record TrainingStep(
    int step,
    int total,
    double seconds,
    Map<String, Double> values,
    Optional<EntropyProfile> profile) {}
