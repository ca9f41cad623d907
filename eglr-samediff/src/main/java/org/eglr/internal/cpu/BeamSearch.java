package org.eglr.internal.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.eglr.internal.math.Logarithm;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.DecisionGate;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;

/**
 * Beam search: at each position the most probable beginnings are kept, each of which reasons for
 * itself before it is continued. Belongs to one thread.
 */
public final class BeamSearch {

  private final GeneratorNet net;
  private final DecoderStep step;
  private final int width;
  private OpenList[] beams;
  private OpenList[] spare;

  /**
   * @param weights the generator's; their present values are taken over
   * @param width beginnings kept at a position, at least 1
   */
  public BeamSearch(Architecture architecture, Weights weights, int width) {
    net = new GeneratorNet(architecture, weights);
    this.width = width;
    step = new DecoderStep(net);
    beams = step.lists(width);
    spare = step.lists(width);
  }

  /** A beginning and the item that continues it. */
  private record Continuation(int beam, int item, double logProbability) {}

  /**
   * The most probable lists found, the best first; at most the beam's width.
   *
   * @param length number of items to choose
   */
  public List<Trajectory> search(CandidateVectors candidates, int length) {
    int pool = candidates.pool();
    Candidates of = net.candidates(candidates);
    long identity = new DecisionGate(net.reasoning).identity(candidates);
    beams[0].start(of, length, identity);
    int count = 1;
    for (int k = 0; k < length; k++) {
      think(count);
      List<Continuation> kept = best(count, pool);
      for (int b = 0; b < kept.size(); b++) {
        spare[b].copy(beams[kept.get(b).beam()]);
        spare[b].choose(kept.get(b).item());
      }
      OpenList[] swapped = beams;
      beams = spare;
      spare = swapped;
      count = kept.size();
    }
    return Arrays.stream(beams, 0, count).map(OpenList::trajectory).toList();
  }

  /** Appends the pending token of each beam and reasons until every gate is shut. */
  private void think(int count) {
    OpenList[] active = Arrays.copyOf(beams, count);
    int going = count;
    while (going > 0) {
      step.append(active, going);
      for (int i = going - 1; i >= 0; i--) {
        OpenList beam = active[i];
        if (beam.reasonsAt(beam.entropy())) {
          beam.reason();
        } else {
          beam.recommend();
          active[i] = active[--going];
        }
      }
    }
  }

  private List<Continuation> best(int count, int pool) {
    List<Continuation> all = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      float[] probability = beams[b].probability;
      for (int j = 0; j < pool; j++) {
        if (beams[b].available[j]) {
          double sum = beams[b].logProbability() + Logarithm.of(probability[j]);
          all.add(new Continuation(b, j, sum));
        }
      }
    }
    all.sort(Comparator.comparingDouble(c -> -c.logProbability())); // stable: of equals the first
    return all.subList(0, Math.min(width, all.size()));
  }
}
