package org.eglr.internal.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eglr.internal.check.Setting;
import org.eglr.internal.model.LostGate;
import org.eglr.reasoning.Gate;

/** A gate in a file: its kind and numbers, {@code {"kind": "random", "rate": 0.3, "seed": 1}}. */
final class StoredGate extends JsonDeserializer<Gate> {

  private static final String CUSTOM = "custom";

  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "entropy",
          Set.of("nats"),
          "relative",
          Set.of("share"),
          "margin",
          Set.of("gap"),
          "always",
          Set.of(),
          "never",
          Set.of(),
          "positions",
          Set.of("positions"),
          "random",
          Set.of("rate", "seed"),
          CUSTOM,
          Set.of());

  /** What is written of a gate; of a lambda that it was one. */
  static Map<String, Object> of(Gate gate) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (gate instanceof Gate.Entropy entropy) {
      fields.put("kind", "entropy");
      fields.put("nats", entropy.nats());
    } else if (gate instanceof Gate.RelativeEntropy relative) {
      fields.put("kind", "relative");
      fields.put("share", relative.share());
    } else if (gate instanceof Gate.Margin margin) {
      fields.put("kind", "margin");
      fields.put("gap", margin.gap());
    } else if (gate instanceof Gate.Always) {
      fields.put("kind", "always");
    } else if (gate instanceof Gate.Never) {
      fields.put("kind", "never");
    } else if (gate instanceof Gate.Positions positions) {
      fields.put("kind", "positions");
      fields.put("positions", positions.positions());
    } else if (gate instanceof Gate.AtRandom random) {
      fields.put("kind", "random");
      fields.put("rate", random.rate());
      fields.put("seed", random.seed());
    } else {
      fields.put("kind", CUSTOM);
    }
    return fields;
  }

  @Override
  public Gate deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonNode node = context.readTree(parser);
    Setting.require(node.isObject(), "gate", node, "an object with a kind");
    String kind = node.path("kind").asText("");
    Set<String> wanted = FIELDS.get(kind);
    Setting.require(
        wanted != null && node.get("kind").isTextual(),
        "gate.kind",
        node.path("kind"),
        "one of " + String.join(", ", new TreeSet<>(FIELDS.keySet())));
    Set<String> found = new TreeSet<>();
    node.fieldNames().forEachRemaining(found::add);
    found.remove("kind");
    Setting.require(
        found.equals(wanted), "gate " + kind, "with " + found, "exactly " + new TreeSet<>(wanted));
    return switch (kind) {
      case "entropy" -> Gate.entropy(number(node, "nats"));
      case "relative" -> Gate.relativeEntropy(number(node, "share"));
      case "margin" -> Gate.margin(number(node, "gap"));
      case "always" -> Gate.always();
      case "never" -> Gate.never();
      case "positions" -> new Gate.Positions(places(node.get("positions")));
      case "random" -> Gate.random(number(node, "rate"), seed(node.get("seed")));
      default -> LostGate.INSTANCE;
    };
  }

  private static double number(JsonNode node, String field) {
    JsonNode value = node.get(field);
    boolean infinite = value.isTextual() && value.asText().matches("-?Infinity");
    Setting.require(value.isNumber() || infinite, "gate." + field, value, "a number");
    return infinite ? Double.parseDouble(value.asText()) : value.doubleValue();
  }

  private static long seed(JsonNode value) {
    Setting.require(
        value.isIntegralNumber() && value.canConvertToLong(), "gate.seed", value, "a whole number");
    return value.longValue();
  }

  private static List<Integer> places(JsonNode values) {
    List<Integer> places = new ArrayList<>();
    boolean whole = values.isArray();
    for (JsonNode value : values) {
      whole &= value.isIntegralNumber() && value.canConvertToInt();
      places.add(value.intValue());
    }
    Setting.require(whole, "gate.positions", values, "a list of places");
    return places;
  }
}
