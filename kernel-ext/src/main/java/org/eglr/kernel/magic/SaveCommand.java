package org.eglr.kernel.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eglr.Eglr;
import org.eglr.kernel.Content;
import org.eglr.kernel.EglrError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "save",
    description = "Writes the model to a file.",
    footer = {"eglr.save(Path.of(\"model.eglr\"));"})
final class SaveCommand implements Callable<Object> {

  private final Session session;

  @Parameters(paramLabel = "PATH", description = "the file")
  private Path file;

  @Option(names = "--model", paramLabel = "NAME", description = "variable that holds the model")
  private String model = Session.MODEL;

  @Option(names = "--force", description = "replace a file that exists")
  private boolean force;

  SaveCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    Eglr eglr = session.require(model, Eglr.class, "%eglr model makes one");
    if (Files.isRegularFile(file) && !force) {
      throw new EglrError(file + " exists; --force replaces it");
    }
    eglr.save(file);
    return session.show(Content.text("Saved to " + file.toAbsolutePath().normalize()));
  }
}
