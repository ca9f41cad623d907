package org.eglr.kernel.magic;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eglr.kernel.Content;
import org.eglr.kernel.own.Completion;
import org.eglr.kernel.own.MagicLine;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What an editor shows on Tab and Shift-Tab inside {@code %eglr} and {@code %%eglr}. */
public final class EditorHelp {

  private static final String NAME = "eglr";

  private final Session session;
  private final ValueCandidates values;

  EditorHelp(Session session) {
    this.session = session;
    this.values = new ValueCandidates(session);
  }

  /**
   * What could stand at the cursor.
   *
   * @param cell the whole cell
   * @param cursor index of the character behind the cursor
   * @return empty if the cursor is not in the arguments of our magic
   */
  public Optional<Completion> complete(String cell, int cursor) {
    return MagicLine.at(cell, cursor, NAME)
        .filter(line -> !line.arguments().isEmpty())
        .map(line -> complete(line, cursor));
  }

  private Completion complete(MagicLine line, int cursor) {
    Optional<ExperimentSetting> experiment = ExperimentSetting.of(line);
    List<String> names = experiment.map(ExperimentSetting::names).orElse(List.of());
    if (experiment.isEmpty()) {
      return arguments(line, cursor);
    }
    int written = experiment.get().written();
    return experiment
        .get()
        .line()
        .map(command -> arguments(command, cursor))
        .map(found -> new Completion(found.start(), cursor, concat(names, found.texts())))
        .orElseGet(() -> new Completion(cursor - written, cursor, names));
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private Completion arguments(MagicLine line, int cursor) {
    MagicCursor at = MagicCursor.of(Commands.line(session), line.arguments());
    boolean option = line.setting() && at.text().startsWith("--");
    int written = line.arguments().length() - at.start() - (option ? 2 : 0);
    List<String> texts =
        candidates(at)
            .map(text -> option ? text.substring(2) : text)
            .map(text -> text.contains(" ") ? '"' + text + '"' : text)
            .distinct()
            .toList();
    return new Completion(cursor - written, cursor, texts);
  }

  private Stream<String> candidates(MagicCursor at) {
    if (at.argument().filter(ArgSpec::isOption).isPresent()) {
      return values.of(at.argument().get(), at.text(), at.parameters()).stream();
    }
    String begun = Arguments.camelCase(at.text()).replaceFirst("(?<=\\w)-$", ""); // --max-
    Stream<String> options =
        at.command().options().stream()
            .filter(option -> !option.usageHelp() && !at.explains())
            .map(OptionSpec::longestName)
            .filter(name -> name.startsWith(begun))
            .filter(name -> !at.given().contains(name));
    if (at.text().startsWith("-")) {
      return options;
    }
    Stream<String> words =
        Stream.concat(
            at.command().subcommands().keySet().stream().filter(n -> n.startsWith(at.text())),
            at.argument().stream()
                .flatMap(value -> values.of(value, at.text(), at.parameters()).stream()));
    return at.text().isEmpty() ? Stream.concat(words, options) : words;
  }

  /**
   * Help on what the cursor is on: a command, or one of its options.
   *
   * @return empty if the cursor is not in our magic
   */
  public Optional<Content> inspect(String cell, int cursor) {
    return MagicLine.at(cell, MagicLine.wordEnd(cell, cursor), NAME)
        .map(line -> ExperimentSetting.of(line).flatMap(ExperimentSetting::line).orElse(line))
        .map(line -> inspect(MagicCursor.of(Commands.line(session), line.arguments())));
  }

  private static Content inspect(MagicCursor at) {
    CommandLine subcommand = at.command().subcommands().get(at.text());
    if (subcommand != null) {
      return HelpView.of(subcommand.getCommandSpec());
    }
    return at.argument()
        .filter(ArgSpec::isOption)
        .map(OptionSpec.class::cast)
        .or(() -> MagicCursor.option(at.command(), at.text()))
        .map(option -> HelpView.of(at.command(), option))
        .orElseGet(() -> HelpView.of(at.command()));
  }
}
