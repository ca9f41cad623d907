package org.eglr.bench;

import java.nio.file.Path;
import java.util.List;
import org.eglr.Engine;
import org.eglr.Settings;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.internal.ListWriter;
import org.eglr.internal.cpu.CpuDecoder;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.Chooser;
import org.eglr.internal.model.DecodingEngine;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.store.ModelFile;

/**
 * Greedy lists of one model. The benchmark's only door to the library's internals: the public API
 * scores and explains a list besides writing it, which the reference does not.
 */
final class GreedyLists implements AutoCloseable {

  private final ListWriter writer;
  private final DecodingEngine decoder;

  /** What was decided: indices into the pool and the number of reasoning tokens. */
  record Choice(int[] items, int reasoning) {}

  /** Writes a model with random weights that may be used as if it were trained. */
  static void create(Path file, Schema schema, Settings settings) {
    Architecture architecture = new Architecture(schema, settings);
    ModelFile.write(
        file,
        new ModelFile.Content(
            architecture, architecture.evaluator(), architecture.generator(), true, true));
  }

  /**
   * @param model a file of {@link #create}
   * @param cached whether {@link #decode} keeps keys and values of the tokens so far
   */
  GreedyLists(Path model, boolean cached) {
    ModelFile.Content content = ModelFile.read(model);
    Architecture architecture = content.architecture();
    writer = new ListWriter(Engine.JAVA, architecture, content.generator(), content.generator());
    decoder =
        cached
            ? new CpuDecoder(architecture, content.generator())
            : CpuDecoder.withoutCache(architecture, content.generator());
  }

  /** Feature extraction and decoding of requests; many on all workers, one on this thread. */
  List<Choice> rerank(List<Request> requests) {
    return writer.greedy(requests).stream().map(w -> choice(w.lists().get(0))).toList();
  }

  /** A request's candidates; their vectors are known. */
  CandidateVectors candidates(Request request) {
    return writer.greedy(List.of(request)).get(0).candidates();
  }

  /** Decoding alone. */
  Choice decode(CandidateVectors candidates) {
    ListTask task = ListTask.of(candidates, Chooser.GREEDY, null);
    return choice(decoder.decode(List.of(task)).get(0));
  }

  @Override
  public void close() {
    writer.close();
    decoder.close();
  }

  private static Choice choice(Trajectory list) {
    return new Choice(list.order(), list.reasoning());
  }
}
