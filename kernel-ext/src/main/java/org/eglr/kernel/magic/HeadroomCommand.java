package org.eglr.kernel.magic;

import java.util.List;
import java.util.concurrent.Callable;
import org.eglr.Eglr;
import org.eglr.Reranker;
import org.eglr.data.ListSet;
import org.eglr.kernel.Charts;
import org.eglr.kernel.LiveProgress;
import org.eglr.kernel.chart.Picture;
import org.eglr.kernel.view.HeadroomView;
import org.eglr.metrics.Headroom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "headroom",
    description =
        "Says whether any generator could show anything: what sorting, greedy, beam search, draws"
            + " and local search reach under the evaluator. Warns where the best lists are none that the"
            + " training lists could teach anything about.",
    footer = {
      "var headroom = eglr.evaluator().headroom(data.test(), o -> o.lists(200).log(data.train()).include(eglr));"
    })
final class HeadroomCommand implements Callable<Object> {

  private final Session session;

  @Mixin private Inputs inputs;

  @Option(names = "--on", description = "train, valid or test")
  private Inputs.Part on = Inputs.Part.test;

  @Option(
      names = "--lists",
      description = "most lists to measure; 0: as many as have 2,000 candidates, 200 at most")
  private int lists = 0;

  @Option(names = "--beam", description = "beginnings that the beam search follows; 1: no beam")
  private int beam = 8;

  @Option(names = "--samples", description = "lists drawn, of which the best counts; 0: none")
  private int samples = 64;

  @Option(
      names = "--with",
      paramLabel = "NAME",
      split = ",",
      description = "variables of further re-rankers")
  private List<String> others = List.of();

  @Option(names = "--as", paramLabel = "NAME", description = "variable for the headroom")
  private String as = "headroom";

  @Mixin private FigureOptions figure;

  HeadroomCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    Eglr eglr = inputs.evaluated(session);
    ListSet measured = inputs.part(session, on);
    List<Reranker> further =
        others.stream()
            .map(name -> session.require(name, Reranker.class, "%eglr model --as " + name))
            .toList();
    session.declare(as, Headroom.class);
    figure.check();
    LiveProgress progress = LiveProgress.in(session.host());
    Headroom room =
        progress.during(
            () ->
                eglr.evaluator()
                    .headroom(
                        measured,
                        options -> {
                          options.lists(lists).beam(beam).samples(samples).progress(progress);
                          options.log(inputs.data(session).train());
                          if (eglr.generatorTrained()) {
                            options.include(eglr);
                          }
                          return options.include(further.toArray(Reranker[]::new));
                        }));
    session.define(as, room);
    progress.end(HeadroomView.of(room).content());
    figure.show(session, Picture.of(Charts.headroom(room)));
    return room;
  }
}
