package org.eglr.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eglr.internal.check.Setting;

/** Reads a reward's name: {@link Reward#parse}. */
final class RewardText {

  static final String ALLOWED =
      "click-dcg, list-value, pessimistic(BETA), off-support, true-dcg, true-clicks,"
          + " diversity(FIELD), ilad(FIELD), or a sum like \"click-dcg + 0.2 diversity(genre)\"";

  private static final Pattern TERM =
      Pattern.compile(
          "\\s*([+-])?\\s*(?:([0-9]+(?:\\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\\.[0-9]+)\\s*\\*?\\s*)?"
              + "([A-Za-z][A-Za-z_-]*)\\s*(?:\\(([^()]*)\\))?\\s*");

  private RewardText() {}

  static Reward parse(String text) {
    String whole = text == null ? "" : text;
    Matcher matcher = TERM.matcher(whole);
    List<RewardTerm> terms = new ArrayList<>();
    int at = 0;
    while (at < whole.length() || terms.isEmpty()) {
      boolean term = matcher.region(at, whole.length()).lookingAt();
      boolean joined = term && (terms.isEmpty() || matcher.group(1) != null);
      Setting.require(joined, "reward", text, ALLOWED);
      double weight = matcher.group(2) == null ? 1 : Double.parseDouble(matcher.group(2));
      Reward reward = one(text, matcher.group(3), matcher.group(4));
      terms.add(new RewardTerm("-".equals(matcher.group(1)) ? -weight : weight, reward));
      at = matcher.end();
    }
    boolean single = terms.size() == 1 && terms.get(0).weight() == 1;
    return single ? terms.get(0).reward() : new RewardSum(terms);
  }

  private static Reward one(String text, String name, String argument) {
    String word = name.toLowerCase(Locale.ROOT).replace('_', '-');
    boolean takesOne = List.of("diversity", "ilad", "pessimistic").contains(word);
    Setting.require(takesOne == (argument != null), "reward", text, ALLOWED);
    return switch (word) {
      case "click-dcg" -> Reward.clickDcg();
      case "list-value" -> Reward.listValue();
      case "pessimistic" -> Reward.pessimistic(beta(text, argument.strip()));
      case "off-support" -> Reward.offSupport();
      case "true-dcg" -> Reward.trueDcg();
      case "true-clicks" -> Reward.trueClicks();
      case "diversity" -> Reward.diversity(argument.strip());
      case "ilad" -> Reward.ilad(argument.strip());
      default ->
          throw new IllegalArgumentException(
              "setting 'reward' is %s; allowed: %s".formatted(text, ALLOWED));
    };
  }

  private static double beta(String text, String argument) {
    Setting.require(
        argument.matches("[0-9]{1,9}(\\.[0-9]{1,9})?"),
        "reward",
        text,
        "pessimistic(BETA) with BETA from 0 to 100, such as pessimistic(1)");
    return Double.parseDouble(argument);
  }
}
