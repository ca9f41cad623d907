package org.eglr.kernel.magic;

import java.util.concurrent.Callable;
import org.eglr.Eglr;
import org.eglr.data.Splits;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.view.SettingsView;
import org.eglr.rerank.LearnedReranker;
import org.eglr.rerank.RerankerModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

@Command(
    name = "model",
    description =
        "Makes a model with random weights and shows its settings: EGLR, or a re-ranker of another"
            + " kind. With maxSteps or a gate, kinds that write item by item get EGLR's module.",
    footer = {
      "var eglr = Eglr.builder(data.schema()).width(64).reasoning(r -> r.maxSteps(2)).build();",
      "var reranker = Rerankers.prm(data.schema()).model(m -> m.heads(2)).build();",
      "var reranker = Rerankers.cmr(eglr.evaluator()).withReasoning(r -> r.maxSteps(2)).build();"
    })
final class ModelCommand implements Callable<Object> {

  private final Session session;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      description = "eglr, or another kind such as prm or cmr")
  private String kind = "eglr";

  @Option(names = "--data", paramLabel = "NAME", description = "variable that holds the data")
  private String data = "data";

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "variable for the model; eglr, or for another kind reranker")
  private String as;

  ModelCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    Splits splits = session.require(data, Splits.class, "%eglr data SOURCE loads data");
    ParseResult given = spec.commandLine().getParseResult();
    if (!kind.equals("eglr")) {
      return reranker(splits, given);
    }
    RerankerSettings.requireNone(given);
    String name = as == null ? Session.MODEL : as;
    session.declare(name, Eglr.class);
    Eglr model = ModelSettings.apply(Eglr.builder(splits.schema()), given).build();
    session.define(name, model);
    session.show(SettingsView.of(model).content());
    return model;
  }

  private LearnedReranker reranker(Splits splits, ParseResult given) {
    if (!RerankerModels.names().contains(kind)) {
      throw new EglrError(
          "there is no kind of model '%s'; there are eglr, %s"
              .formatted(kind, String.join(", ", RerankerModels.names())));
    }
    String name = as == null ? Session.RERANKER : as;
    session.declare(name, LearnedReranker.class);
    LearnedReranker made =
        RerankerSettings.make(kind, splits.schema(), RerankerSettings.evaluator(session), given);
    session.define(name, made);
    session.show(SettingsView.of(made).content());
    return made;
  }
}
