package org.eglr.kernel.own;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.spi.ExecutionControl;

/**
 * Runs snippets as another control does, but keeps what they have made: a class whose code stays
 * the same stays loaded, and a variable that gets a new field gets its value back before any code
 * can see it empty.
 */
final class KeepingControl extends ControlAround {

  /** Finds loaded classes. */
  interface Classes {
    Class<?> find(String name) throws ClassNotFoundException;
  }

  private final Classes classes;
  private final KeptFields fields;
  private final Map<String, byte[]> loaded = new HashMap<>();

  /** For classes that stayed: JShell's line of each line that the class was compiled with. */
  private final Map<String, Map<Integer, Integer>> lines = new HashMap<>();

  KeepingControl(ExecutionControl control, Classes classes, KeptFields fields) {
    super(control);
    this.classes = classes;
    this.fields = fields;
  }

  @Override
  public void load(ClassBytecodes[] snippets)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    super.load(snippets);
    for (ClassBytecodes snippet : snippets) {
      loaded.put(snippet.name(), snippet.bytecodes());
      if (KeptFields.isSnippet(snippet.name())) {
        try {
          fields.loaded(classes.find(snippet.name()));
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
          continue; // A variable of a type that cannot be loaded: no reason to end the kernel.
        }
      }
    }
  }

  /** JShell gives those that are refused here new names, and with them new variables. */
  @Override
  public void redefine(ClassBytecodes[] snippets)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    Map<String, Map<Integer, Integer>> moved = new HashMap<>();
    for (ClassBytecodes snippet : snippets) {
      Optional<Map<Integer, Integer>> same =
          SameCode.lines(loaded.get(snippet.name()), snippet.bytecodes());
      if (same.isEmpty()) {
        super.redefine(snippets);
        return;
      }
      moved.put(snippet.name(), same.get());
    }
    lines.putAll(moved);
  }

  @Override
  public String invoke(String className, String method)
      throws RunException, EngineTerminationException, InternalException {
    try {
      return super.invoke(className, method);
    } catch (UserException | ResolutionException thrown) {
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        cause.setStackTrace(
            Arrays.stream(cause.getStackTrace())
                .map(this::whereJShellHasIt)
                .toArray(StackTraceElement[]::new));
      }
      throw thrown;
    }
  }

  private StackTraceElement whereJShellHasIt(StackTraceElement frame) {
    Integer line = lines.getOrDefault(frame.getClassName(), Map.of()).get(frame.getLineNumber());
    return line == null
        ? frame
        : new StackTraceElement(
            frame.getClassName(), frame.getMethodName(), frame.getFileName(), line);
  }
}
