package org.eglr.kernel.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eglr.Eglr;
import org.eglr.Reranker;
import org.eglr.kernel.Content;
import org.eglr.kernel.EglrError;
import org.eglr.rerank.LearnedReranker;
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
    Reranker saved = session.require(model, Reranker.class, "%eglr model makes one");
    if (!(saved instanceof Eglr) && !(saved instanceof LearnedReranker)) {
      throw new EglrError(
          "variable '%s' is a %s, which is saved in Java: %s.save(Path.of(\"FILE\"))"
              .formatted(model, saved.getClass().getSimpleName(), model));
    }
    if (Files.isRegularFile(file) && !force) {
      throw new EglrError(file + " exists; --force replaces it");
    }
    if (saved instanceof Eglr eglr) {
      eglr.save(file);
    } else {
      ((LearnedReranker) saved).save(file);
    }
    return session.show(Content.text("Saved to " + file.toAbsolutePath().normalize()));
  }
}
