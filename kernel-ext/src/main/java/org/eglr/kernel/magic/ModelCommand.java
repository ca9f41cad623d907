package org.eglr.kernel.magic;

import java.util.concurrent.Callable;
import org.eglr.Eglr;
import org.eglr.data.Splits;
import org.eglr.kernel.view.SettingsView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "model",
    description = "Makes a model with random weights and shows its settings.",
    footer = {
      "var eglr = Eglr.builder(data.schema()).width(64).reasoning(r -> r.maxSteps(2)).build();"
    })
final class ModelCommand implements Callable<Object> {

  private final Session session;

  @Spec private CommandSpec spec;

  @Option(names = "--data", paramLabel = "NAME", description = "variable that holds the data")
  private String data = "data";

  @Option(names = "--as", paramLabel = "NAME", description = "variable for the model")
  private String as = "eglr";

  ModelCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    Splits splits = session.require(data, Splits.class, "%eglr data SOURCE loads data");
    session.declare(as, Eglr.class);
    Eglr model =
        ModelSettings.apply(Eglr.builder(splits.schema()), spec.commandLine().getParseResult())
            .build();
    session.define(as, model);
    session.show(SettingsView.of(model).content());
    return model;
  }
}
