package org.eglr.kernel.magic;

import java.util.stream.Stream;
import org.eglr.data.Splits;
import org.eglr.data.Vocabulary;
import org.eglr.train.Reward;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A reward as an argument: a name, a sum of names, or a variable that holds one. */
final class RewardConverter implements ITypeConverter<Reward> {

  /** What such an option's value is called. */
  static final String LABEL = "REWARD";

  private final Session session;

  RewardConverter(Session session) {
    this.session = session;
  }

  @Override
  public Reward convert(String text) {
    if (text.startsWith("$")) {
      return session.require(
          text.substring(1),
          Reward.class,
          "Reward %s = list -> list.clickDcg(); makes one".formatted(text.substring(1)));
    }
    try {
      return Reward.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage() + ", or $variable");
    }
  }

  /** Names to choose from; those by a field are of the notebook's data. */
  Stream<String> candidates() {
    Stream<String> fields =
        session
            .namesOf(Splits.class)
            .limit(1)
            .map(session::value)
            .flatMap(value -> value.stream())
            .flatMap(value -> ((Splits) value).schema().itemCategories().stream())
            .map(Vocabulary::field)
            .map(field -> "diversity(" + field + ")");
    return Stream.concat(
        Stream.of(
            "click-dcg", "list-value", "pessimistic(1)", "off-support", "true-dcg", "true-clicks"),
        fields);
  }
}
