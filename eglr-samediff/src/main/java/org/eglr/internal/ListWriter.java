package org.eglr.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.eglr.Engine;
import org.eglr.data.Request;
import org.eglr.decode.Trace;
import org.eglr.internal.cpu.BeamSearch;
import org.eglr.internal.cpu.FeatureMlp;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.DecodingEngine;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.TraceRecorder;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.samediff.device.DeviceWeights;
import org.eglr.internal.samediff.device.ItemGraph;
import org.eglr.internal.work.Parts;
import org.eglr.internal.work.Workers;

/** Writes lists for requests on all workers, for any number of threads. */
public final class ListWriter implements AutoCloseable {

  private final Engine engine;
  private final Architecture architecture;
  private final Weights featureWeights;
  private final Weights generator;
  private final Calls calls;
  private final int listsPerTask;
  private final EnginePool<DecodingEngine> decoders;
  private final boolean prepared; // candidates' vectors by the workers who would idle
  private FeatureMlp features;

  /**
   * @param featureWeights whose extractor the generator uses: its own or the evaluator's
   */
  public ListWriter(
      Engine engine, Architecture architecture, Weights featureWeights, Weights generator) {
    this.engine = engine;
    this.architecture = architecture;
    this.featureWeights = featureWeights;
    this.generator = generator;
    calls = Calls.of(engine);
    listsPerTask = Engines.listsPerTask(engine);
    decoders = Engines.decoders(engine, architecture, featureWeights, generator);
    prepared = calls.oneCaller() && !ItemGraph.suits(engine, featureWeights);
    features = new FeatureMlp(architecture, featureWeights);
  }

  /** Takes over the weights' present values. */
  public void weightsChanged() {
    decoders.weightsChanged();
    features = new FeatureMlp(architecture, featureWeights);
  }

  /**
   * Takes over the generator's present values on the device, and those of its features. What does
   * not decode there, beam search, goes on with the weights in memory.
   *
   * @param present must stay open as long as lists are written
   * @return false, and nothing is taken over, if the features are the generator's own but not made
   *     on the device
   */
  public boolean weightsChanged(DeviceWeights present) {
    boolean visible = featureWeights != generator || ItemGraph.suits(engine, featureWeights);
    if (visible) {
      decoders.weightsChanged(present);
    }
    return visible;
  }

  @Override
  public void close() {
    decoders.close();
  }

  /** The lists written for one request. */
  public record Written(CandidateVectors candidates, List<Trajectory> lists) {}

  /** The greedy list of each request, without the candidates' vectors, which may be many. */
  public List<Trajectory> best(List<Request> requests) {
    return parts(requests, 1, index -> Chooser.GREEDY, (tasks, lists) -> lists);
  }

  /** The greedy list of each request. */
  public List<Written> greedy(List<Request> requests) {
    return write(requests, 1, index -> Chooser.GREEDY);
  }

  /**
   * Several lists for each request.
   *
   * @param group lists per request
   * @param choosers how list number {@code request * group + i} is chosen
   */
  public List<Written> write(List<Request> requests, int group, IntFunction<Chooser> choosers) {
    return parts(requests, group, choosers, (tasks, lists) -> written(tasks, group, lists));
  }

  /** Writes the requests' lists part by part; {@code kept} makes of a part what is kept of it. */
  private <T> List<T> parts(
      List<Request> requests,
      int group,
      IntFunction<Chooser> choosers,
      BiFunction<List<ListTask>, List<Trajectory>, List<T>> kept) {
    return each(
        Parts.of(requests.size(), r -> group, listsPerTask),
        part -> {
          List<ListTask> tasks = new ArrayList<>(part.size() * group);
          List<CandidateVectors> candidates = candidates(part.of(requests));
          for (int r = part.from(); r < part.to(); r++) {
            for (int g = 0; g < group; g++) {
              Chooser chooser = choosers.apply(r * group + g);
              tasks.add(ListTask.of(candidates.get(r - part.from()), chooser, null));
            }
          }
          return kept.apply(tasks, decoders.use(decoder -> decoder.decode(tasks)));
        });
  }

  /** What the callers make of the parts, in order. */
  private <T> List<T> each(List<Parts.Part> parts, Function<Parts.Part, List<T>> work) {
    List<T> all = new ArrayList<>();
    calls.callers().map(parts.size(), (worker, p) -> work.apply(parts.get(p))).forEach(all::addAll);
    return all;
  }

  private List<CandidateVectors> candidates(List<Request> requests) {
    List<CandidateVectors> candidates =
        requests.stream().map(r -> new CandidateVectors(r, features::candidates)).toList();
    if (prepared) {
      Workers.shared().map(requests.size(), (worker, r) -> candidates.get(r).all());
    }
    return candidates;
  }

  private static List<Written> written(List<ListTask> tasks, int group, List<Trajectory> lists) {
    return IntStream.range(0, lists.size() / group)
        .mapToObj(
            r ->
                new Written(
                    tasks.get(r * group).candidates(),
                    List.copyOf(lists.subList(r * group, r * group + group))))
        .toList();
  }

  /** A list and how it came about. */
  public record Traced(Trajectory list, Trace trace) {}

  /** The greedy list of each request and how it came about. */
  public List<Traced> trace(List<Request> requests) {
    int together = calls.oneCaller() ? listsPerTask : 1; // many callers share single lists best
    return each(
        Parts.of(requests.size(), r -> 1, together),
        part -> trace(part.of(requests), Chooser.GREEDY));
  }

  /** How a given list comes about. */
  public Traced trace(Request request, int[] order) {
    List<Request> one = List.of(request);
    return calls
        .callers()
        .map(1, (worker, task) -> trace(one, Chooser.forced(order)))
        .get(0)
        .get(0);
  }

  private List<Traced> trace(List<Request> requests, Chooser chooser) {
    List<CandidateVectors> candidates = candidates(requests);
    List<TraceRecorder> recorders =
        requests.stream().map(request -> new TraceRecorder(request.pool())).toList();
    List<ListTask> tasks =
        IntStream.range(0, requests.size())
            .mapToObj(r -> ListTask.of(candidates.get(r), chooser, recorders.get(r)))
            .toList();
    List<Trajectory> lists = decoders.use(decoder -> decoder.decode(tasks));
    return IntStream.range(0, requests.size())
        .mapToObj(r -> new Traced(lists.get(r), recorders.get(r).trace()))
        .toList();
  }

  /** The most probable lists that beam search finds, the best first. */
  public List<Trajectory> beam(Request request, int width) {
    return new BeamSearch(architecture, generator, width)
        .search(new CandidateVectors(request, features::candidates), request.length());
  }
}
