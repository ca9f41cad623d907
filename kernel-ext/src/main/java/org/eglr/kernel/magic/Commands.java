package org.eglr.kernel.magic;

import java.nio.file.Path;
import org.eglr.reasoning.Gate;
import org.eglr.train.Reward;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** The command tree of {@code %eglr}. */
final class Commands {

  @Command(name = "eglr", description = "Entropy-guided latent reasoning for re-ranking.")
  private static final class Root {}

  @Command(
      name = "train",
      description = "Trains the evaluator, the generator or another re-ranker.")
  private static final class Train {}

  private Commands() {}

  /** A parser for one call. */
  static CommandLine line(Session session) {
    CommandLine model = new CommandLine(new ModelCommand(session));
    ModelSettings.addTo(model.getCommandSpec());
    RerankerSettings.addTo(model.getCommandSpec());
    CommandLine line =
        new CommandLine(new Root())
            .addSubcommand(new HelpCommand(session))
            .addSubcommand(new DataCommand(session))
            .addSubcommand(model)
            .addSubcommand(
                new CommandLine(new Train())
                    .addSubcommand(new TrainEvaluatorCommand(session))
                    .addSubcommand(new TrainGrpoCommand(session))
                    .addSubcommand(new TrainRerankerCommand(session)))
            .addSubcommand(new PlotCommand(session))
            .addSubcommand(new RerankCommand(session))
            .addSubcommand(new CompareCommand(session))
            .addSubcommand(new HeadroomCommand(session))
            .addSubcommand(new WhatifCommand(session))
            .addSubcommand(new ExperimentCommand(session))
            .addSubcommand(new SaveCommand(session))
            .addSubcommand(new LoadCommand(session))
            .addSubcommand(new ResetCommand(session))
            .addSubcommand(new ErrorCommand(session))
            .addSubcommand(new CourseCommand(session));
    addHelp(line);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExpandAtFiles(false);
    line.setTrimQuotes(true);
    line.registerConverter(Path.class, new HomePaths());
    line.registerConverter(Reward.class, new RewardConverter(session));
    line.registerConverter(Gate.class, new GateValue(session));
    return line;
  }

  private static void addHelp(CommandLine line) {
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help").usageHelp(true).description("explains it").build());
    line.getSubcommands().values().forEach(Commands::addHelp);
  }
}
