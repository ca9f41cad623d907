package org.eglr.reasoning;

import java.util.ArrayList;
import java.util.List;

/** Ready gates as people write them. */
final class GateText {

  private static final String ALLOWED =
      "entropy:NATS, relative:SHARE, margin:GAP, always, never, positions:1,2,5, random:RATE or"
          + " random:RATE:SEED";

  private GateText() {}

  /** See {@link Gate#of}. */
  static Gate read(String text) {
    String[] parts = text.strip().split("\\s*[:=,\\s]\\s*", -1);
    List<String> values = List.of(parts).subList(1, parts.length);
    try {
      return switch (parts[0]) {
        case "entropy" -> new Gate.Entropy(Double.parseDouble(only(values)));
        case "relative" -> new Gate.RelativeEntropy(Double.parseDouble(only(values)));
        case "margin" -> new Gate.Margin(Double.parseDouble(only(values)));
        case "always" -> none(values, new Gate.Always());
        case "never" -> none(values, new Gate.Never());
        case "positions" -> new Gate.Positions(integers(values));
        case "random" -> random(values);
        default -> throw new NumberFormatException();
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "setting 'gate' is '%s'; allowed: %s; or in Java a lambda, r.gate(d -> d.entropy() > 1.2)"
              .formatted(text, ALLOWED));
    }
  }

  private static Gate random(List<String> values) {
    boolean seeded = values.size() == 2;
    String rate = only(seeded ? values.subList(0, 1) : values);
    return new Gate.AtRandom(Double.parseDouble(rate), seeded ? Long.parseLong(values.get(1)) : 1);
  }

  private static String only(List<String> values) {
    none(values.isEmpty() ? List.of("missing") : values.subList(1, values.size()), null);
    return values.get(0);
  }

  private static Gate none(List<String> values, Gate gate) {
    if (!values.isEmpty()) {
      throw new NumberFormatException();
    }
    return gate;
  }

  private static List<Integer> integers(List<String> values) {
    if (values.isEmpty()) {
      throw new NumberFormatException();
    }
    List<Integer> all = new ArrayList<>();
    for (String value : values) {
      all.add(Integer.valueOf(value));
    }
    return all;
  }
}
