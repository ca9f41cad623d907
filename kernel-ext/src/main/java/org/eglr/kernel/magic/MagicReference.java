package org.eglr.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import org.eglr.kernel.view.SettingMeanings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** All magics with their options, as Markdown, from the commands themselves. */
public final class MagicReference {

  private MagicReference() {}

  /** A section a magic: usage, what it does, options with defaults, the line of Java. */
  public static String markdown() {
    StringBuilder page = new StringBuilder();
    for (CommandSpec command : HelpView.leaves(Commands.line(null).getCommandSpec())) {
      page.append("### ").append(HelpView.usage(command)).append("\n\n");
      page.append(HelpView.description(command)).append("\n\n");
      List<String> rows = rows(command);
      if (!rows.isEmpty()) {
        page.append("| Option | Takes | Default | Meaning |\n|---|---|---|---|\n");
        page.append(String.join("\n", rows)).append("\n\n");
      }
      for (String java : command.usageMessage().footer()) {
        page.append("In Java: `").append(java.replace("%%", "%")).append("`\n\n");
      }
    }
    return page.toString();
  }

  private static List<String> rows(CommandSpec command) {
    List<String> rows = new ArrayList<>();
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      String meaning = HelpView.text(parameter.description());
      rows.add(row(parameter.paramLabel(), "", HelpView.initial(parameter), meaning));
    }
    for (OptionSpec option : command.options()) {
      if (!option.usageHelp()) {
        String said = HelpView.text(option.description());
        String meaning =
            said.isEmpty() ? SettingMeanings.of(option.longestName().substring(2)) : said;
        rows.add(
            row(option.longestName(), HelpView.takes(option), HelpView.initial(option), meaning));
      }
    }
    return rows;
  }

  private static String row(String name, String takes, String initial, String meaning) {
    String shown = initial.isEmpty() ? "" : "`" + initial + "`";
    return "| `%s` | %s | %s | %s |"
        .formatted(name, takes.replace("|", "\\|"), shown, meaning.replace("|", "\\|"));
  }
}
