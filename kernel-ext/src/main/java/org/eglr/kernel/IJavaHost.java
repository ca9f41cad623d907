package org.eglr.kernel;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import jdk.jshell.JShell;
import org.eglr.kernel.own.CellAssertions;
import org.eglr.kernel.own.MissingNames;

/**
 * IJava 1.3. It has no extension mechanism: a first cell or {@code IJAVA_STARTUP_SCRIPT} calls
 * {@code org.eglr.kernel.IJavaHost.install();}.
 *
 * <p>IJava runs everything on one thread, so a magic cannot declare a variable while its cell runs.
 * Variables that the notebook declares, such as {@code org.eglr.data.Splits data;} in the start-up
 * script, are read and set by the magics if the kernel specification has {@code --add-opens
 * jdk.jshell/jdk.jshell=ALL-UNNAMED}. Otherwise the magics keep their values to themselves, and
 * {@code Splits data = %eglr data ml-100k} takes one out.
 */
public final class IJavaHost implements Host {

  private final BaseKernel kernel;
  private final Magics magics;
  private final NotebookVariables variables;
  private volatile boolean open = true;

  private IJavaHost(BaseKernel kernel, Magics magics, NotebookVariables variables) {
    this.kernel = kernel;
    this.magics = magics;
    this.variables = variables;
  }

  /** Gives the running IJava kernel the magics and renderers. Prints one line if it cannot. */
  public static void install() {
    try {
      Notebook.install(running());
      CallingCell.loader().ifPresent(CellAssertions::enable);
    } catch (Throwable failure) {
      System.err.println("EGLR: %eglr is not available: " + failure);
    }
  }

  /** Takes them back. */
  public static void uninstall() {
    Notebook.uninstall();
  }

  @Override
  public void registerLineMagic(String name, LineMagic magic) {
    magics.registerLineMagic(name, magic::run);
  }

  @Override
  public void registerCellMagic(String name, CellMagic magic) {
    magics.registerCellMagic(name, magic::run);
  }

  @Override
  public <T> void registerRenderer(Class<T> type, Function<? super T, Content> view) {
    kernel
        .getRenderer()
        .createRegistration(type)
        .preferring(MIMEType.parse(Content.HTML), MIMEType.parse(Content.PNG))
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
    IJavaCell cell = IJavaCell.running(kernel);
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
    data.setDisplayId(id);
    return data;
  }

  @Override
  public void openComm(CommOpening opening, CommListener listener) {
    Uninterrupted.run(() -> IJavaComm.open(kernel, opening, listener));
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
    LineMagic gone =
        arguments -> {
          throw new EglrError("%eglr was uninstalled; org.eglr.kernel.IJavaHost.install() is back");
        };
    registerLineMagic("eglr", gone);
    registerCellMagic("eglr", (arguments, body) -> gone.run(arguments));
  }

  private static DisplayData data(Content content, String id) {
    DisplayData data = new DisplayData();
    content.data().forEach((mime, text) -> data.putData(mime, Json.representation(mime, text)));
    content.metadata().forEach(data::putMetaData);
    data.setDisplayId(id);
    return data;
  }

  /** IJava is in no Maven repository, so its classes are asked for by name. */
  private static IJavaHost running() throws ReflectiveOperationException {
    Class<?> ijava =
        Class.forName(
            "io.github.spencerpark.ijava.IJava",
            true,
            Thread.currentThread().getContextClassLoader());
    BaseKernel kernel = (BaseKernel) ijava.getMethod("getKernelInstance").invoke(null);
    if (kernel == null) {
      throw new IllegalStateException("no IJava kernel is running");
    }
    Magics magics = (Magics) kernel.getClass().getMethod("getMagics").invoke(kernel);
    return new IJavaHost(kernel, magics, variables(kernel));
  }

  private static NotebookVariables variables(BaseKernel kernel) {
    return shell(kernel)
        .filter(shell -> ShellVariables.reachable())
        .<NotebookVariables>map(
            shell ->
                new ShellVariables(
                    shell, false, () -> Thread.currentThread().getContextClassLoader()))
        .orElseGet(OwnVariables::new);
  }

  private static Optional<JShell> shell(BaseKernel kernel) {
    try {
      Field field = kernel.getClass().getDeclaredField("evaluator");
      field.setAccessible(true);
      Object evaluator = field.get(kernel);
      return Optional.of((JShell) evaluator.getClass().getMethod("getShell").invoke(evaluator));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }
}
