package org.eglr.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eglr.Engine;
import org.eglr.ListScore;
import org.eglr.Ranking;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.internal.check.Setting;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.ProfileBuilder;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.store.ModelFile;
import org.eglr.internal.work.Parts;
import org.eglr.metrics.Report;
import org.eglr.metrics.ReportBuilder;

/**
 * Writes lists with an evaluator and a generator in one way of decoding: a view of a model. For any
 * number of threads, also while the model is trained: a call computes with what the model was when
 * it began.
 */
public final class Recommender {

  private final Architecture architecture;
  private final EvaluatorModel evaluator;
  private final GeneratorModel generator;
  private final Engine bulk;
  private final Engine single; // writes lists that are asked for one by one
  private final int preselection; // 0: none
  private volatile ServedModel served;

  public Recommender(
      Architecture architecture,
      EvaluatorModel evaluator,
      GeneratorModel generator,
      Engine bulk,
      Engine single,
      int preselection) {
    this.architecture = architecture;
    this.evaluator = evaluator;
    this.generator = generator;
    this.bulk = bulk;
    this.single = single;
    this.preselection = preselection;
  }

  /** The same model with another architecture, whose weights have the same names and shapes. */
  public Recommender with(Architecture other) {
    return new Recommender(other, evaluator, generator, bulk, single, preselection);
  }

  /** The same model on other engines. */
  public Recommender with(Engine many, Engine one) {
    return new Recommender(architecture, evaluator, generator, many, one, preselection);
  }

  /**
   * The same model behind a preselection.
   *
   * @param top candidates that stay; 0: all
   */
  public Recommender withPreselection(int top) {
    return new Recommender(architecture, evaluator, generator, bulk, single, top);
  }

  public Architecture architecture() {
    return architecture;
  }

  public EvaluatorModel evaluator() {
    return evaluator;
  }

  public GeneratorModel generator() {
    return generator;
  }

  /** What computes all but single lists. */
  public Engine bulk() {
    return bulk;
  }

  public Engine single() {
    return single;
  }

  public boolean generatorTrained() {
    return now().generatorTrained();
  }

  /** What a file of the model as it is now holds. */
  public ModelFile.Content content() {
    ServedModel now = now();
    return new ModelFile.Content(
        architecture,
        now.evaluator().weights(),
        now.generator().weights(),
        now.evaluator().trained(),
        now.generatorTrained());
  }

  /** The model as it is now: two states that were present at the same moment. */
  private ServedModel now() {
    EvaluatorState e = evaluator.state();
    GeneratorState g = generator.state();
    while (evaluator.state() != e) { // a training ended in between
      e = evaluator.state();
      g = generator.state();
    }
    ServedModel known = served;
    return known != null && known.isOf(e, g) ? known : renewed(e, g);
  }

  private synchronized ServedModel renewed(EvaluatorState e, GeneratorState g) {
    ServedModel old = served;
    if (old != null && old.isOf(e, g)) {
      return old;
    }
    served = new ServedModel(architecture, e, g);
    if (old != null) {
      old.close();
    }
    return served;
  }

  /** The greedy list of each request and how it came about. */
  public List<Ranking> rerank(List<Request> requests) {
    requests.forEach(request -> architecture.schema().requireSame(request.schema()));
    ServedModel now = now().requireTrained();
    List<Request> narrowed = requests;
    if (preselection > 0) {
      Preselection narrowing = preselection(now);
      narrowed = requests.stream().map(r -> narrowed(r, narrowing.kept(r))).toList();
    }
    return now.rankings(bulk, narrowed, now.writer(single).trace(narrowed));
  }

  /** The lists that beam search finds, the most probable first. */
  public List<Ranking> beamSearch(Request request, int width) {
    architecture.schema().requireSame(request.schema());
    Setting.require(width >= 1 && width <= 1000, "width", width, "1 to 1000");
    ServedModel now = now().requireTrained();
    Request narrowed =
        preselection == 0 ? request : narrowed(request, preselection(now).kept(request));
    ListWriter writer = now.writer(single);
    List<ListWriter.Traced> written =
        writer.beam(narrowed, width).stream()
            .map(list -> writer.trace(narrowed, list.order()))
            .toList();
    return now.rankings(bulk, Collections.nCopies(written.size(), narrowed), written);
  }

  /**
   * Measures greedy lists. Pools are offered in an order that a seed shuffles, so that candidates
   * that nothing tells apart do not keep the order of the labels' file.
   *
   * @param name of the report
   */
  public Report evaluate(String name, ListSet lists) {
    SchemaCheck.require(architecture.schema(), lists);
    return evaluate(name, lists, now().requireTrained());
  }

  /** As {@link #evaluate}, but says in the report's name if the generator is not trained. */
  public Report evaluateAnyGenerator(String name, ListSet lists) {
    SchemaCheck.require(architecture.schema(), lists);
    ServedModel now = now();
    now.evaluator().requireTrained("trainEvaluator first, then trainGenerator");
    return evaluate(now.generatorTrained() ? name : name + ", generator not trained", lists, now);
  }

  private Report evaluate(String name, ListSet lists, ServedModel now) {
    ReportBuilder report = new ReportBuilder(name, lists);
    ProfileBuilder profile = new ProfileBuilder();
    for (Parts.Part chunk : ListChunks.of(lists, bulk)) {
      List<Request> offered = new ArrayList<>();
      List<int[]> places = new ArrayList<>();
      for (int list = chunk.from(); list < chunk.to(); list++) {
        offer(lists, list, now, offered, places);
      }
      List<Trajectory> written = now.writer(bulk).best(offered);
      List<int[]> orders = written.stream().map(Trajectory::order).toList();
      List<ListScore> scores = now.evaluator().scorer(bulk).score(offered, orders);
      for (int i = 0; i < offered.size(); i++) {
        profile.add(written.get(i), offered.get(i).pool());
        int[] order = ListChunks.inPool(orders.get(i), places.get(i));
        report.add(chunk.from() + i, order, scores.get(i).dcg());
      }
    }
    return report.build(Optional.of(profile.build()));
  }

  /** Adds a list's request as the generator gets it, and where its candidates are in the pool. */
  private void offer(
      ListSet lists, int list, ServedModel now, List<Request> offered, List<int[]> places) {
    Request request = lists.request(list);
    int[] shuffled = ListChunks.shuffled(request.pool(), architecture.settings().seed(), list);
    Request any = request.withCandidates(shuffled);
    if (preselection > 0) {
      int[] kept = preselection(now).kept(any);
      any = narrowed(any, kept);
      shuffled = ListChunks.inPool(kept, shuffled);
    }
    offered.add(any);
    places.add(shuffled);
  }

  private Preselection preselection(ServedModel now) {
    return new Preselection(preselection, now.evaluator().scorer(bulk));
  }

  private static Request narrowed(Request request, int[] kept) {
    return kept.length == request.pool() ? request : request.withCandidates(kept);
  }
}
