package org.eglr.kernel.magic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.eglr.kernel.Content;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.Host;

/** What the commands of one notebook share: its variables and its outputs. */
final class Session {

  /** The variables that commands use unless they are told others. */
  static final String MODEL = "eglr";

  static final String RERANKER = "reranker";
  static final String EVALUATOR_LOG = "evaluatorLog";
  static final String GRPO_LOG = "grpoLog";

  private final Host host;
  private final Set<String> defined = new LinkedHashSet<>();
  private Throwable failure;

  Session(Host host) {
    this.host = host;
  }

  Host host() {
    return host;
  }

  /** Shows something in the running cell; returns null, so that a command can end with it. */
  Object show(Content content) {
    host.show(content);
    return null;
  }

  Optional<Object> value(String name) {
    return host.variables().get(name);
  }

  /** The names of all variables, sorted. */
  List<String> names() {
    return host.variables().names().stream().sorted().toList();
  }

  /** The names of the variables that hold a value of a type, sorted. */
  Stream<String> namesOf(Class<?> type) {
    return names().stream().filter(name -> value(name).filter(type::isInstance).isPresent());
  }

  /**
   * The value of a variable that a magic or the user made.
   *
   * @param remedy how to make one
   */
  <T> T require(String name, Class<T> type, String remedy) {
    Object value =
        value(name)
            .orElseThrow(() -> new EglrError("no variable '%s' yet: %s".formatted(name, remedy)));
    if (!type.isInstance(value)) {
      throw new EglrError(
          "variable '%s' is a %s where a %s is needed: %s"
              .formatted(name, value.getClass().getSimpleName(), type.getSimpleName(), remedy));
    }
    return type.cast(value);
  }

  /** Refuses a name that a result cannot have, before the work for it begins. */
  void declare(String name, Class<?> type) {
    if (!SourceVersion.isName(name) || name.contains(".")) {
      throw new EglrError("'%s' is not a name for a Java variable".formatted(name));
    }
    host.variables().declare(name, type);
  }

  /** Gives a declared variable its value. */
  <T> T define(String name, T value) {
    host.variables().set(name, value);
    defined.add(name);
    return value;
  }

  /** Empties the variables that the magics made; returns their names. */
  List<String> forget() {
    List<String> names = new ArrayList<>(defined);
    names.forEach(name -> host.variables().set(name, null));
    defined.clear();
    return names;
  }

  void failed(Throwable problem) {
    failure = problem;
  }

  /** What the last failed command threw. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }
}
