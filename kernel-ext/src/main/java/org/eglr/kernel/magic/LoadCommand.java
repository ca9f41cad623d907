package org.eglr.kernel.magic;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eglr.Eglr;
import org.eglr.kernel.view.SettingsView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "load",
    description = "Reads a model from a file.",
    footer = {"var eglr = Eglr.load(Path.of(\"model.eglr\"));"})
final class LoadCommand implements Callable<Object> {

  private final Session session;

  @Parameters(paramLabel = "PATH", description = "the file")
  private Path file;

  @Option(names = "--as", paramLabel = "NAME", description = "variable for the model")
  private String as = "eglr";

  LoadCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    session.declare(as, Eglr.class);
    Eglr model = session.define(as, Eglr.load(file));
    session.show(SettingsView.of(model).content());
    return model;
  }
}
