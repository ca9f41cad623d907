package org.eglr.kernel.magic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.eglr.data.Splits;
import org.eglr.experiment.SettingCatalog;
import org.eglr.kernel.EglrError;
import org.eglr.train.TrainingLog;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/**
 * A whole experiment as one cell of settings: {@code data.source simulated}, {@code model.width
 * 32}, {@code evaluator.epochs 4}, {@code grpo.steps 200}, {@code compare.on test}.
 */
@Command(
    name = "experiment",
    description =
        "Runs a cell of settings as data, model, training and comparison: data.source simulated,"
            + " model.width 32, evaluator.epochs 4, grpo.steps 200, compare.lists 500. With several"
            + " values (model.maxSteps 0 1 2) or seeds (seeds: 1 2 3) it does all runs, and shows"
            + " means, paired differences to the first row and their errors.",
    footer = {
      "var experiment = Experiment.of(data).fix(\"width\", 32).vary(\"maxSteps\", 0, 1, 2)"
          + ".seeds(1, 2, 3).folder(Path.of(\"runs\")).run();",
      "var data = ...; var eglr = Eglr.builder(data.schema())....build();"
          + " eglr.trainEvaluator(data, t -> t); eglr.trainGenerator(data, t -> t);"
          + " eglr.compare(data.test())"
    })
final class ExperimentCommand implements Callable<Object> {

  /** Sections of the cell in the order in which they run, with their commands. */
  static final Map<String, List<String>> SECTIONS = new LinkedHashMap<>();

  static {
    SECTIONS.put("data", List.of("data"));
    SECTIONS.put("model", List.of("model"));
    SECTIONS.put("evaluator", List.of("train", "evaluator"));
    SECTIONS.put("grpo", List.of("train", "grpo"));
    SECTIONS.put("compare", List.of("compare"));
  }

  /** Settings that the command line writes without a name. */
  private static final Set<String> UNNAMED = Set.of("source", "preset");

  private final Session session;

  @Option(names = "--seeds", paramLabel = "SEEDS", description = "many runs: 1 2 3")
  private String seeds;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      description = "many runs: variable that holds the data")
  private String data = "data";

  @Option(names = "--as", paramLabel = "NAME", description = "many runs: variable for the result")
  private String as = "experiment";

  @Mixin private GridOptions grid;

  @Unmatched private List<String> settings = new ArrayList<>();

  ExperimentCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() throws Exception {
    settings = settings.stream().map(ExperimentCommand::qualified).toList();
    Map<String, List<String>> lines = lines(); // which says what is no setting
    GridSettings many = GridSettings.of(settings, seeds);
    return many.many() ? many(many, lines.get("data")) : one(lines);
  }

  /** A name alone stands for a setting of the one stage that has it. */
  private static String qualified(String line) {
    int equals = line.indexOf('=');
    String name = line.startsWith("--") && equals > 0 ? line.substring(2, equals) : "";
    boolean known = SettingCatalog.all().stream().anyMatch(s -> s.name().equals(name));
    return known ? "--" + SettingCatalog.named(name).qualified() + line.substring(equals) : line;
  }

  /** Loads the data if the cell names some, and does all runs. */
  private Object many(GridSettings many, List<String> loading) throws Exception {
    many.check();
    if (loading != null) {
      ((Callable<?>) EglrMagic.parsed(session, loading).getCommand()).call();
    }
    Splits splits = session.require(data, Splits.class, "%eglr data SOURCE loads data");
    return grid.run(session, as, many.experiment(splits)).comparison();
  }

  private Object one(Map<String, List<String>> lines) throws Exception {
    List<CommandLine> steps = new ArrayList<>();
    for (List<String> line : lines.values()) {
      // All of them are read before the first one runs: a slip at the end costs no training.
      steps.add(EglrMagic.parsed(session, line));
    }
    Object result = null;
    for (CommandLine step : steps) {
      if (Thread.currentThread().isInterrupted() || wasStopped(result)) {
        throw new EglrError("the experiment was stopped; what it made so far is there");
      }
      result = ((Callable<?>) step.getCommand()).call();
    }
    return result;
  }

  /** A training that a stop ends in good order answers, and no longer says so by its thread. */
  private static boolean wasStopped(Object result) {
    return result instanceof TrainingLog log && log.interrupted();
  }

  private Map<String, List<String>> lines() {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    SECTIONS.forEach((section, command) -> lines.put(section, new ArrayList<>(command)));
    boolean loads = false;
    for (String setting : settings) {
      int dot = setting.indexOf('.');
      int equals = setting.indexOf('=');
      String section = dot < 0 || !setting.startsWith("--") ? "" : setting.substring(2, dot);
      if (!lines.containsKey(section) || equals < dot) {
        throw new EglrError(
            "'%s' is no setting of an experiment; they begin with one of %s, such as"
                    .formatted(setting.replaceFirst("^--", ""), names())
                + " 'model.width 32'");
      }
      loads |= section.equals("data");
      String name = setting.substring(dot + 1, equals);
      String value = setting.substring(equals + 1);
      List<String> line = lines.get(section);
      if (UNNAMED.contains(name)) {
        line.add(name.equals("source") ? 1 : line.size(), value);
      } else {
        line.add("--" + name + "=" + value);
      }
    }
    if (!loads) {
      lines.remove("data"); // Those of the notebook.
    }
    return lines;
  }

  private static String names() {
    return String.join(".., ", SECTIONS.keySet()) + "..";
  }
}
