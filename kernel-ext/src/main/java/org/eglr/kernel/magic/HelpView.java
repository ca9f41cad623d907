package org.eglr.kernel.magic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eglr.kernel.Content;
import org.eglr.kernel.view.TableView;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Help on a command, with the line of Java that does the same. */
final class HelpView {

  private HelpView() {}

  static Content of(CommandSpec command) {
    return command.subcommands().isEmpty() ? options(command) : commands(command);
  }

  private static Content commands(CommandSpec parent) {
    TableView view =
        new TableView(description(parent)).code("magic").text("what it does").code("in Java");
    for (CommandSpec command : leaves(parent)) {
      String[] java = command.usageMessage().footer();
      view.row(usage(command), description(command), java.length == 0 ? "" : java[0]);
    }
    return view.note(
            "Each result is also a variable of the notebook: data, eglr, evaluatorLog,"
                + " grpoLog, report, ranking, beam, comparison, whatif; --as gives it another name.")
        .note(
            "Options: %eglr help COMMAND. A cell that begins with %%eglr takes one 'key value' a"
                + " line. $name in an argument stands for a Java variable.")
        .content();
  }

  /** Help on one option: what it means, what it takes, what it is if left out. */
  static Content of(CommandSpec command, OptionSpec option) {
    TableView view =
        new TableView("%s of %s".formatted(option.longestName(), usage(command)))
            .text("")
            .text("")
            .row("meaning", text(option.description()))
            .row("takes", takes(option));
    String initial = initial(option);
    if (!initial.isEmpty()) {
      view.row("default", initial);
    }
    return view.content();
  }

  static String takes(OptionSpec option) {
    Class<?> type = option.typeInfo().getType();
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .map(String::valueOf)
          .collect(Collectors.joining(", "));
    }
    String label =
        option.arity().max() == 0 ? "nothing" : option.paramLabel().replaceAll("[<>]", "");
    return option.splitRegex().isEmpty() ? label : label + ", several separated by commas";
  }

  private static Content options(CommandSpec command) {
    TableView view =
        new TableView(usage(command) + " — " + description(command))
            .code("option")
            .text("default")
            .text("meaning");
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      view.row(parameter.paramLabel(), initial(parameter), text(parameter.description()));
    }
    for (OptionSpec option : command.options()) {
      if (option.usageHelp()) {
        continue;
      }
      view.row(option.longestName(), initial(option), text(option.description()));
    }
    for (String java : command.usageMessage().footer()) {
      view.note("In Java: " + java);
    }
    return view.content();
  }

  static List<CommandSpec> leaves(CommandSpec parent) {
    List<CommandSpec> found = new ArrayList<>();
    for (CommandLine child : parent.subcommands().values()) {
      CommandSpec command = child.getCommandSpec();
      if (command.subcommands().isEmpty()) {
        found.add(command);
      } else {
        found.addAll(leaves(command));
      }
    }
    return found;
  }

  static String usage(CommandSpec command) {
    StringBuilder usage = new StringBuilder("%" + command.qualifiedName());
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      boolean needed = parameter.arity().min() > 0;
      usage.append(needed ? " " : " [").append(parameter.paramLabel()).append(needed ? "" : "]");
    }
    return usage.toString();
  }

  static String description(CommandSpec command) {
    return text(command.usageMessage().description());
  }

  static String text(String[] lines) {
    return String.join(" ", lines).replace("%%", "%");
  }

  /** An argument's default as it could be typed; empty if there is none. */
  static String initial(ArgSpec argument) {
    Object value = argument.initialValue();
    if (value instanceof double[] numbers) {
      return Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }
    if (value instanceof Object[] several) {
      return Arrays.stream(several).map(String::valueOf).collect(Collectors.joining(","));
    }
    if (value instanceof Collection<?> several) {
      return several.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return value == null || value == Boolean.FALSE && argument.arity().max() == 0
        ? ""
        : String.valueOf(value);
  }
}
