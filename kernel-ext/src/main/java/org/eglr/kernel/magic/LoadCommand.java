package org.eglr.kernel.magic;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eglr.Eglr;
import org.eglr.Rerankers;
import org.eglr.kernel.Content;
import org.eglr.kernel.view.SettingsView;
import org.eglr.rerank.LearnedReranker;
import org.eglr.train.TrainingLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "load",
    description =
        "Reads a model from a file, with the logs of its trainings; also from a checkpoint.",
    footer = {
      "var eglr = Eglr.load(Path.of(\"model.eglr\"));",
      "var reranker = Rerankers.load(Path.of(\"prm.eglr\"), eglr.evaluator());"
    })
final class LoadCommand implements Callable<Object> {

  private final Session session;

  @Parameters(paramLabel = "PATH", description = "the file")
  private Path file;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "variable for the model; eglr, or for another kind reranker")
  private String as;

  LoadCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    if (Rerankers.isFile(file)) {
      return reranker();
    }
    String name = as == null ? Session.MODEL : as;
    session.declare(name, Eglr.class);
    Eglr model = Eglr.load(file);
    if (name.equals(Session.MODEL)) {
      define(Session.EVALUATOR_LOG, model.evaluatorLog());
      define(Session.GRPO_LOG, model.generatorLog());
    }
    session.define(name, model);
    session.show(SettingsView.of(model).content());
    return model;
  }

  /** Judged by the notebook's evaluator where that is of the same data. */
  private LearnedReranker reranker() {
    String name = as == null ? Session.RERANKER : as;
    session.declare(name, LearnedReranker.class);
    LearnedReranker alone = Rerankers.load(file);
    LearnedReranker loaded =
        RerankerSettings.evaluator(session)
            .filter(evaluator -> evaluator.schema().equals(alone.schema()))
            .map(evaluator -> Rerankers.load(file, evaluator))
            .orElse(alone);
    session.define(name, loaded);
    session.show(SettingsView.of(loaded).content());
    return loaded;
  }

  /** The usual variables speak of the usual model: a log of the one before would mislead. */
  private void define(String name, Optional<TrainingLog> log) {
    if (log.isPresent() || session.value(name).isPresent()) {
      session.declare(name, TrainingLog.class);
      session.define(name, log.orElse(null));
      if (log.isEmpty()) {
        session.show(Content.text("The file has no such log: " + name + " is empty now."));
      }
    }
  }
}
