package org.eglr.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eglr.kernel.own.MagicWords;
import org.eglr.kernel.own.MagicWords.Word;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What a cursor in the arguments of {@code %eglr} points at.
 *
 * @param command the innermost command before the cursor
 * @param argument the option or parameter whose value is being written, if any
 * @param text what is written of the word at the cursor
 * @param start where that word, or the value in {@code --name=value}, begins in the line
 * @param given the options that are there already
 * @param parameters the words before the cursor that belong to no option
 * @param explains whether it follows {@code help}: commands only
 */
record MagicCursor(
    CommandSpec command,
    Optional<ArgSpec> argument,
    String text,
    int start,
    List<String> given,
    List<String> parameters,
    boolean explains) {

  /**
   * Reads a line up to the cursor.
   *
   * @param root the commands
   * @param line behind {@code %eglr}, up to the cursor
   */
  static MagicCursor of(CommandLine root, String line) {
    List<Word> words = new ArrayList<>(MagicWords.split(line));
    boolean open = !words.isEmpty() && words.get(words.size() - 1).end() == line.length();
    boolean blank = open && line.endsWith(" ") && !line.endsWith("\\ ") && !isQuoted(line, words);
    Word last =
        open && !blank
            ? words.remove(words.size() - 1)
            : new Word("", line.length(), line.length());
    CommandSpec command = root.getCommandSpec();
    boolean explains = !words.isEmpty() && words.get(0).text().equals("help");
    List<String> given = new ArrayList<>();
    List<String> parameters = new ArrayList<>();
    ArgSpec value = null;
    for (Word word : explains ? words.subList(1, words.size()) : words) {
      String text = word.text();
      if (value != null) {
        value = null;
      } else if (text.startsWith("--")) {
        Optional<OptionSpec> option = option(command, text);
        option.map(OptionSpec::longestName).ifPresent(given::add);
        value = text.contains("=") ? null : option.filter(MagicCursor::takesValue).orElse(null);
      } else if (command.subcommands().containsKey(text)) {
        command = command.subcommands().get(text).getCommandSpec();
      } else {
        parameters.add(text);
      }
    }
    String text = last.text();
    int start = last.start();
    if (value == null && text.startsWith("--") && text.contains("=")) {
      value = option(command, text).orElse(null);
      start += line.substring(start).indexOf('=') + 1;
      text = text.substring(text.indexOf('=') + 1);
    } else if (value == null && !text.startsWith("--") && !explains) {
      value = parameter(command, parameters.size());
    }
    return new MagicCursor(
        command, Optional.ofNullable(value), text, start, given, parameters, explains);
  }

  private static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }

  /** The option that a word names, however it is spelled. */
  static Optional<OptionSpec> option(CommandSpec command, String word) {
    int equals = word.indexOf('=');
    String name = Arguments.camelCase(equals < 0 ? word : word.substring(0, equals));
    return Optional.ofNullable(command.findOption(name));
  }

  private static boolean isQuoted(String line, List<Word> words) {
    Word last = words.get(words.size() - 1);
    return line.substring(last.start()).chars().filter(c -> c == '"').count() % 2 == 1;
  }

  private static ArgSpec parameter(CommandSpec command, int position) {
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      if (parameter.index().contains(position)) {
        return parameter;
      }
    }
    return null;
  }
}
