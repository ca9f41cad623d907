package org.eglr.kernel.magic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eglr.Reranker;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.kernel.HomeFolder;
import org.eglr.kernel.NotebookVariables;
import org.eglr.reasoning.Gate;
import org.eglr.rerank.RerankerCatalog;
import org.eglr.rerank.RerankerKind;
import org.eglr.rerank.RerankerModels;
import org.eglr.train.Reward;
import org.eglr.train.TrainingLog;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.ITypeInfo;
import picocli.CommandLine.Model.OptionSpec;
import tech.tablesaw.api.Table;

/** What can stand as the value of an option or parameter: names, files, variables. */
final class ValueCandidates {

  private static final int MOST_FILES = 200;

  /** Options whose values are names of variables, with what these must hold. */
  private static final Map<String, Class<?>> VARIABLES =
      Map.of(
          "--data", Splits.class,
          "--model", Reranker.class,
          "--with", Reranker.class,
          "--log", TrainingLog.class);

  /** The label of a parameter that says of simulated data which, of published ones where. */
  static final String PRESET_OR_FOLDER = "PRESET|FOLDER";

  private static final List<String> SOURCES =
      Stream.concat(Stream.of("ml-100k", "simulated"), PublishedSource.NAMES.stream()).toList();

  private final Session session;
  private final TableSource tables;

  ValueCandidates(Session session) {
    this.session = session;
    this.tables = new TableSource(session);
  }

  /**
   * The candidates, best first.
   *
   * @param begun what is written of the value; the candidates begin with it
   * @param parameters the command's parameters before it
   */
  List<String> of(ArgSpec argument, String begun, List<String> parameters) {
    if (begun.startsWith("$")) {
      return Stream.concat(
              simpleVariables().stream(),
              whole(argument).stream().flatMap(session::namesOf).map(name -> "$" + name))
          .filter(name -> name.startsWith(begun))
          .sorted()
          .toList();
    }
    int comma = argument.splitRegex().isEmpty() ? -1 : begun.lastIndexOf(',');
    String before = begun.substring(0, comma + 1);
    String rest = begun.substring(comma + 1);
    List<String> found = new ArrayList<>();
    values(argument, parameters)
        .filter(value -> value.regionMatches(true, 0, rest, 0, rest.length()))
        .forEach(value -> found.add(before + value));
    if (argument.paramLabel().equals("SOURCE")
        || element(argument) == Path.class
        || isFolder(argument, parameters)) {
      found.addAll(files(begun));
    }
    if (begun.isEmpty() && takesAnyValue(argument)) {
      found.addAll(simpleVariables());
    }
    return found;
  }

  /** Whether it says where the files of a published log are. */
  private static boolean isFolder(ArgSpec argument, List<String> parameters) {
    return argument.paramLabel().equals(PRESET_OR_FOLDER)
        && !parameters.isEmpty()
        && PublishedSource.NAMES.contains(parameters.get(0));
  }

  /** What a variable may hold that is taken as it is, not as text. */
  private static Optional<Class<?>> whole(ArgSpec argument) {
    return switch (argument.paramLabel()) {
      case "SOURCE" -> Optional.of(Table.class);
      case "GATE" -> Optional.of(Gate.class);
      case RewardConverter.LABEL -> Optional.of(Reward.class);
      default -> Optional.empty();
    };
  }

  private Stream<String> values(ArgSpec argument, List<String> parameters) {
    Class<?> type = element(argument);
    Class<?> variable =
        argument instanceof OptionSpec option ? VARIABLES.get(option.longestName()) : null;
    if (variable != null) {
      return session.namesOf(variable);
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants()).map(String::valueOf);
    }
    if (type == Boolean.class || type == boolean.class) {
      return Stream.of("true", "false");
    }
    return switch (argument.paramLabel()) {
      case "SOURCE" -> SOURCES.stream();
      case "KIND" -> Stream.concat(Stream.of("eglr"), RerankerModels.names().stream());
      case "RERANKERS" ->
          Stream.concat(
              RerankerCatalog.all().stream().map(RerankerKind::name),
              session.namesOf(Reranker.class).filter(name -> RerankerCatalog.find(name).isEmpty()));
      case PRESET_OR_FOLDER ->
          isFolder(argument, parameters) ? Stream.empty() : Simulator.presets().stream();
      case RewardConverter.LABEL -> new RewardConverter(session).candidates();
      case "GATE" -> GateValue.EXAMPLES.stream();
      case "COLUMN", "COLUMNS" ->
          parameters.stream().limit(1).flatMap(source -> tables.columns(source).stream());
      default ->
          Stream.ofNullable(argument.isOption() ? HelpView.initial(argument) : null)
              .filter(text -> !text.isEmpty());
    };
  }

  /** A number, text or path, as opposed to one of a few words. */
  private static boolean takesAnyValue(ArgSpec argument) {
    Class<?> type = element(argument);
    return Number.class.isAssignableFrom(type)
        || type.isPrimitive() && type != boolean.class
        || type == Path.class;
  }

  private static Class<?> element(ArgSpec argument) {
    ITypeInfo info = argument.typeInfo();
    return info.isArray()
        ? info.getType().getComponentType()
        : info.isMultiValue() ? info.getAuxiliaryTypes()[0] : info.getType();
  }

  private List<String> simpleVariables() {
    return session.names().stream()
        .filter(name -> session.value(name).filter(NotebookVariables::isSimple).isPresent())
        .map(name -> "$" + name)
        .sorted()
        .toList();
  }

  /** Files and folders that continue a path; hidden ones only where a dot is written. */
  private static List<String> files(String begun) {
    int slash = begun.lastIndexOf('/');
    String folder = begun.substring(0, slash + 1);
    String name = begun.substring(slash + 1);
    try (Stream<Path> files =
        Files.list(Path.of(folder.isEmpty() ? "." : HomeFolder.inFull(folder)))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name))
          .filter(file -> name.startsWith(".") || !file.getFileName().toString().startsWith("."))
          .map(file -> folder + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
          .sorted()
          .limit(MOST_FILES)
          .toList();
    } catch (IOException | UncheckedIOException | InvalidPathException | SecurityException e) {
      return List.of(); // Not a folder that can be read: no files to offer.
    }
  }
}
