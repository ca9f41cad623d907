package org.eglr.kernel.magic;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eglr.kernel.own.MagicLine;

/**
 * The setting of an experiment that a cursor is in.
 *
 * @param section before the dot, as far as it is written
 * @param rest behind the dot, {@code name} or {@code name=value}; null before there is a dot
 */
record ExperimentSetting(String section, String rest) {

  private static final Pattern LINE =
      Pattern.compile("\\s*experiment\\s+--(\\w*)(?:\\.(.*))?", Pattern.DOTALL);

  /** Empty if the cursor is elsewhere. */
  static Optional<ExperimentSetting> of(MagicLine line) {
    Matcher parts = LINE.matcher(line.arguments());
    return line.setting() && parts.matches()
        ? Optional.of(new ExperimentSetting(parts.group(1), parts.group(2)))
        : Optional.empty();
  }

  /** The same setting as an argument of the command that the section stands for. */
  Optional<MagicLine> line() {
    List<String> command = ExperimentCommand.SECTIONS.get(section);
    if (rest == null || command == null) {
      return Optional.empty();
    }
    String begin = " " + String.join(" ", command) + " ";
    if (rest.startsWith("source=")) {
      return Optional.of(new MagicLine(begin + rest.substring("source=".length()), true));
    }
    if (rest.startsWith("preset=")) {
      return Optional.of(
          new MagicLine(begin + "simulated " + rest.substring("preset=".length()), true));
    }
    return Optional.of(new MagicLine(begin + "--" + rest, true));
  }

  /** Names that are no options: of sections, and what the command line writes without a name. */
  List<String> names() {
    Stream<String> names =
        rest == null
            ? Stream.concat(
                    ExperimentCommand.SECTIONS.keySet().stream().map(name -> name + "."),
                    Stream.of("seeds"))
                .filter(name -> name.startsWith(section))
            : Stream.of("source", "preset")
                .filter(name -> section.equals("data") && name.startsWith(rest));
    return names.toList();
  }

  /** How many characters of a section's name are written. */
  int written() {
    return rest == null ? section.length() : 0;
  }
}
