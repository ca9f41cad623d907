package org.eglr.kernel;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.eglr.kernel.own.CellAssertions;
import org.eglr.kernel.own.MissingNames;

/**
 * JJava, 1.0-a6 and later. Compiled against a6, it also runs on a8 since it leaves out what changed
 * between them: setting display ids by method, argument parsers, JSON types.
 */
final class JJavaHost implements Host {

  private final BaseKernel kernel;
  private final NotebookVariables variables;
  private volatile boolean open = true;

  JJavaHost(BaseKernel kernel) {
    this.kernel = kernel;
    this.variables = variables(kernel);
    CellAssertions.enable(cellLoader(kernel));
  }

  @Override
  public void registerLineMagic(String name, LineMagic magic) {
    // The value stays behind: JJava would show what a magic returns a second time.
    kernel
        .getMagicsRegistry()
        .registerLineMagic(
            name,
            (caller, arguments) -> {
              magic.run(arguments);
              return null;
            });
  }

  @Override
  public void registerCellMagic(String name, CellMagic magic) {
    kernel
        .getMagicsRegistry()
        .registerCellMagic(
            name,
            (caller, arguments, body) -> {
              magic.run(arguments, body);
              return null;
            });
  }

  @Override
  public <T> void registerRenderer(Class<T> type, Function<? super T, Content> view) {
    kernel
        .getRenderer()
        .createRegistration(type)
        .preferring(Content.HTML, Content.PNG)
        .register(
            (value, context) -> {
              if (!open) {
                return;
              }
              Content content = Shown.of(view, value);
              content
                  .data()
                  .forEach(
                      (mime, data) -> context.renderIfRequested(MIMEType.parse(mime), () -> data));
              content.metadata().forEach(context.getOutputContainer()::putMetaData);
            });
  }

  @Override
  public ValueDisplay showValue(Object value) {
    String id = UUID.randomUUID().toString();
    DisplayData first = rendered(value, id);
    Uninterrupted.run(() -> kernel.display(first));
    JJavaCell cell = JJavaCell.running(kernel);
    return update -> {
      DisplayData data = rendered(update, id);
      Uninterrupted.run(() -> cell.update(data));
    };
  }

  private DisplayData rendered(Object value, String id) {
    if (value == null || value instanceof Content) {
      return data(value == null ? Content.text("") : (Content) value, id);
    }
    DisplayData data = kernel.getRenderer().render(value);
    data.putTransientData("display_id", id);
    return data;
  }

  @Override
  public void openComm(CommOpening opening, CommListener listener) {
    Uninterrupted.run(() -> JJavaComm.open(kernel, opening, listener));
  }

  @Override
  public NotebookVariables variables() {
    return variables;
  }

  @Override
  public Optional<String> missingName(Throwable failure) {
    return shell(kernel).flatMap(shell -> new MissingNames(shell).explain(failure));
  }

  @Override
  public void close() {
    open = false;
    // Views of the registry's maps: there is no method to remove a magic.
    kernel.getMagicsRegistry().getLineMagicNames().remove("eglr");
    kernel.getMagicsRegistry().getCellMagicNames().removeAll(List.of("eglr", "check"));
  }

  private static DisplayData data(Content content, String id) {
    DisplayData data = new DisplayData();
    content.data().forEach((mime, text) -> data.putData(mime, Json.representation(mime, text)));
    content.metadata().forEach(data::putMetaData);
    data.putTransientData("display_id", id);
    return data;
  }

  private static NotebookVariables variables(BaseKernel kernel) {
    return shell(kernel)
        .filter(shell -> ShellVariables.reachable())
        .<NotebookVariables>map(shell -> new ShellVariables(shell, true, () -> cellLoader(kernel)))
        .orElseGet(OwnVariables::new);
  }

  /** JJava's kernel class is in no Maven repository, so its JShell is asked for by name. */
  private static Optional<JShell> shell(BaseKernel kernel) {
    try {
      return Optional.of((JShell) kernel.getClass().getMethod("getJShell").invoke(kernel));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private static ClassLoader cellLoader(BaseKernel kernel) {
    try {
      Object evaluator = kernel.getClass().getMethod("getEvaluator").invoke(kernel);
      return (ClassLoader) evaluator.getClass().getMethod("getClassLoader").invoke(evaluator);
    } catch (ReflectiveOperationException e) {
      return Thread.currentThread().getContextClassLoader();
    }
  }
}
