package org.eglr.internal;

import java.util.List;
import java.util.function.IntFunction;
import org.eglr.data.Request;
import org.eglr.decode.Trace;
import org.eglr.internal.decode.Chooser;
import org.eglr.internal.decode.ListDecoder;
import org.eglr.internal.decode.TraceRecorder;
import org.eglr.internal.decode.Trajectory;
import org.eglr.internal.decode.Workspace;
import org.eglr.internal.nn.Architecture;
import org.eglr.internal.nn.FeatureMlp;
import org.eglr.internal.nn.Weights;
import org.eglr.reasoning.Reasoning;

/** Writes lists for requests on all workers, with the weights as they were when it was made. */
public final class ListWriter {

  private final FeatureMlp features;
  private final ListDecoder decoder;
  private final Reasoning reasoning;
  private final Workers workers = Workers.shared();
  private final Workspace[] workspaces = new Workspace[workers.size()];

  /**
   * @param featureWeights whose extractor the generator uses: its own or the evaluator's
   */
  public ListWriter(Architecture architecture, Weights featureWeights, Weights generator) {
    features = new FeatureMlp(architecture, featureWeights);
    decoder = new ListDecoder(architecture, generator);
    reasoning = architecture.settings().reasoning();
  }

  /**
   * The lists written for one request.
   *
   * @param z the candidates' vectors, row-major [pool, d]
   * @param lists the trajectories
   */
  public record Written(float[] z, List<Trajectory> lists) {}

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
    return workers.map(
        requests.size(),
        (worker, r) -> {
          Request request = requests.get(r);
          float[] z = features.candidates(request);
          Workspace workspace = workspace(worker, request);
          Trajectory[] lists = new Trajectory[group];
          for (int g = 0; g < group; g++) {
            lists[g] = decode(z, request, choosers.apply(r * group + g), workspace, null);
          }
          return new Written(z, List.of(lists));
        });
  }

  /** The greedy list of one request and how it came about; runs on the calling thread. */
  public Traced trace(Request request) {
    float[] z = features.candidates(request);
    TraceRecorder recorder = new TraceRecorder(request.pool());
    Workspace workspace = decoder.workspace(request.pool(), request.length(), reasoning);
    Trajectory list = decode(z, request, Chooser.GREEDY, workspace, recorder);
    return new Traced(z, list, recorder.trace());
  }

  public record Traced(float[] z, Trajectory list, Trace trace) {}

  private Trajectory decode(
      float[] z, Request request, Chooser chooser, Workspace workspace, TraceRecorder recorder) {
    return decoder.decode(
        z, request.pool(), request.length(), reasoning, chooser, workspace, recorder);
  }

  private Workspace workspace(int worker, Request request) {
    int tokens = request.length() * (1 + reasoning.budget());
    if (workspaces[worker] == null || !workspaces[worker].fits(request.pool(), tokens)) {
      workspaces[worker] = decoder.workspace(request.pool(), request.length(), reasoning);
    }
    return workspaces[worker];
  }
}
