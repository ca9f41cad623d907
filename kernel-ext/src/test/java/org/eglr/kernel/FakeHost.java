package org.eglr.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jdk.jshell.JShell;
import org.eglr.kernel.own.MissingNames;

/** A kernel that remembers what it was given. */
public class FakeHost implements Host {

  static {
    QuietLogging.apply();
  }

  /** Every output in order, each with all its states. */
  public final List<List<Content>> shown = Collections.synchronizedList(new ArrayList<>());

  /** Every value shown in order, each with all its states. */
  public final List<List<Object>> values = Collections.synchronizedList(new ArrayList<>());

  /** What was opened in the front end, in order. */
  public final List<CommOpening> opened = Collections.synchronizedList(new ArrayList<>());

  /** The one whose definitions {@link #missingName} knows. */
  public JShell shell;

  private final Map<String, CommListener> listeners = new HashMap<>();

  public final Map<String, LineMagic> lineMagics = new HashMap<>();
  public final Map<String, CellMagic> cellMagics = new HashMap<>();
  public final Map<Class<?>, Function<Object, Content>> renderers = new HashMap<>();
  public final NotebookVariables variables = new OwnVariables();

  @Override
  public void registerLineMagic(String name, LineMagic magic) {
    lineMagics.put(name, magic);
  }

  @Override
  public void registerCellMagic(String name, CellMagic magic) {
    cellMagics.put(name, magic);
  }

  @Override
  public <T> void registerRenderer(Class<T> type, Function<? super T, Content> view) {
    renderers.put(type, value -> view.apply(type.cast(value)));
  }

  @Override
  public Display show(Content content) {
    List<Content> states = new ArrayList<>(List.of(content));
    shown.add(states);
    return states::add;
  }

  @Override
  public ValueDisplay showValue(Object value) {
    List<Object> states = Collections.synchronizedList(new ArrayList<>(List.of(value)));
    values.add(states);
    return states::add;
  }

  @Override
  public void openComm(CommOpening opening, CommListener listener) {
    opened.add(opening);
    listeners.put(opening.id(), listener);
  }

  /** The front end tells something; returns what it is answered. */
  public List<Map<String, Object>> tell(String comm, Map<String, Object> data) {
    List<Map<String, Object>> answers = new ArrayList<>();
    listeners.get(comm).received(data, answers::add);
    return answers;
  }

  @Override
  public NotebookVariables variables() {
    return variables;
  }

  @Override
  public Optional<String> missingName(Throwable failure) {
    return Optional.ofNullable(shell).flatMap(known -> new MissingNames(known).explain(failure));
  }

  @Override
  public void close() {
    lineMagics.clear();
    cellMagics.clear();
  }

  /** What the outputs say in the end. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (List<Content> states : shown) {
      text.append(states.get(states.size() - 1).data().get(Content.TEXT)).append('\n');
    }
    return text.toString();
  }
}
