package org.eglr.kernel.magic;

import java.util.List;
import org.eglr.reasoning.Gate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A gate as a magic's value: a ready one as {@link Gate#of} reads it, or {@code $name} of one. */
final class GateValue implements ITypeConverter<Gate> {

  /** Between several: a comma that no number follows, since positions have commas, too. */
  static final String SEVERAL = ",(?=\\s*[a-z$])";

  /** What Tab offers. */
  static final List<String> EXAMPLES =
      List.of(
          "entropy:1.2",
          "relative:0.6",
          "margin:0.2",
          "always",
          "never",
          "positions:1,2,5",
          "random:0.3");

  private final Session session;

  GateValue(Session session) {
    this.session = session;
  }

  @Override
  public Gate convert(String text) {
    if (text.startsWith("$")) {
      return session
          .value(text.substring(1))
          .filter(Gate.class::isInstance)
          .map(Gate.class::cast)
          .orElseThrow(() -> new TypeConversionException(text + " is no variable of a Gate"));
    }
    try {
      return Gate.of(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
