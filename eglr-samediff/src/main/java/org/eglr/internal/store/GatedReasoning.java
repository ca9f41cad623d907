package org.eglr.internal.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.util.Map;
import org.eglr.reasoning.Gate;
import org.eglr.reasoning.QueryUpdate;
import org.eglr.reasoning.Reasoning;
import org.eglr.reasoning.ReasoningToken;

/** {@link Reasoning} with any gate. */
record GatedReasoning(
    int maxSteps,
    @JsonSerialize(converter = GatedReasoning.Fields.class)
        @JsonDeserialize(using = StoredGate.class)
        Gate gate,
    double baseTemperature,
    double exploration,
    ReasoningToken token,
    QueryUpdate query,
    boolean dynamicTemperature) {

  static final class Fields extends StdConverter<Gate, Map<String, Object>> {

    @Override
    public Map<String, Object> convert(Gate gate) {
      return StoredGate.of(gate);
    }
  }

  static GatedReasoning of(Reasoning from) {
    return new GatedReasoning(
        from.maxSteps(),
        from.gate(),
        from.baseTemperature(),
        from.exploration(),
        from.token(),
        from.query(),
        from.dynamicTemperature());
  }

  Reasoning reasoning() {
    return new Reasoning(
        maxSteps, gate, baseTemperature, exploration, token, query, dynamicTemperature);
  }
}
