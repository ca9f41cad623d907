package org.eglr.internal.store;

import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;

/** {@link Reasoning} with the paper's gate as files have it that earlier releases read, too. */
record StoredReasoning(
    int maxSteps,
    double entropyThreshold,
    double baseTemperature,
    double exploration,
    ReasoningToken token,
    QueryUpdate query,
    boolean dynamicTemperature) {

  /** Whether earlier releases know all that these settings say. */
  static boolean suffices(Reasoning reasoning) {
    return reasoning.gate() instanceof Gate.Entropy && !reasoning.gated();
  }

  static StoredReasoning of(Reasoning from) {
    return new StoredReasoning(
        from.maxSteps(),
        ((Gate.Entropy) from.gate()).nats(),
        from.baseTemperature(),
        from.exploration(),
        from.token(),
        from.query(),
        from.dynamicTemperature());
  }

  Reasoning reasoning() {
    return new Reasoning(
        maxSteps, entropyThreshold, baseTemperature, exploration, token, query, dynamicTemperature);
  }
}
