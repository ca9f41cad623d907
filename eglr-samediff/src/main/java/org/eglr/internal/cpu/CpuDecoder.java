package org.eglr.internal.cpu;

import java.util.Arrays;
import java.util.List;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.DecisionGate;
import org.eglr.internal.model.DecisionWatcher;
import org.eglr.internal.model.DecodingEngine;
import org.eglr.internal.model.ListTask;
import org.eglr.internal.model.Trajectory;
import org.eglr.internal.model.Weights;

/**
 * Writes lists in plain Java with a key/value cache. Several lists are open at once and share each
 * pass through the layer's matrices; every pass appends one token to each, be it a reasoning token
 * or an item, and a list that is complete makes room for the next: no list waits for another.
 */
public final class CpuDecoder implements DecodingEngine {

  /** Lists open at once: enough rows for the matrix products, few enough for the cache. */
  private static final int OPEN = 16;

  private final Architecture architecture;
  private final DecisionGate gate;
  private final boolean cached;
  private final OpenList[] lists;
  private GeneratorNet net;
  private DecoderStep step;
  private final int[] taskOf = new int[OPEN];
  private Candidates last;

  /** Takes over the generator's present weights. */
  public CpuDecoder(Architecture architecture, Weights weights) {
    this(architecture, weights, true);
  }

  private CpuDecoder(Architecture architecture, Weights weights, boolean cached) {
    this.architecture = architecture;
    gate = new DecisionGate(architecture.settings().reasoning());
    this.cached = cached;
    update(weights);
    lists = step.lists(OPEN);
  }

  /** A decoder that computes all tokens anew at each step, to show what the cache saves. */
  public static CpuDecoder withoutCache(Architecture architecture, Weights weights) {
    return new CpuDecoder(architecture, weights, false);
  }

  @Override
  public void update(Weights weights) {
    net = new GeneratorNet(architecture, weights);
    step = cached ? new DecoderStep(net) : new UncachedStep(net);
  }

  @Override
  public List<Trajectory> decode(List<ListTask> tasks) {
    Trajectory[] done = new Trajectory[tasks.size()];
    int next = 0;
    int open = 0;
    while (next < tasks.size() || open > 0) {
      while (open < OPEN && next < tasks.size()) {
        taskOf[open] = next;
        ListTask task = tasks.get(next);
        lists[open++].start(candidates(task), task.length(), gate.identity(task.candidates()));
        next++;
      }
      step.append(lists, open);
      for (int i = open - 1; i >= 0; i--) {
        if (decide(lists[i], tasks.get(taskOf[i]))) {
          done[taskOf[i]] = lists[i].trajectory();
          open--; // the last open list takes its place
          OpenList complete = lists[i];
          lists[i] = lists[open];
          lists[open] = complete;
          taskOf[i] = taskOf[open];
        }
      }
    }
    last = null; // requests come and go
    return Arrays.asList(done);
  }

  private Candidates candidates(ListTask task) {
    float[] z = task.candidates().all();
    if (last == null || last.z != z) {
      last = net.candidates(task.candidates());
    }
    return last;
  }

  /** Reasons or chooses; returns whether the list is complete. */
  private boolean decide(OpenList list, ListTask task) {
    DecisionWatcher watcher = task.watcher();
    double entropy = list.entropy();
    if (watcher != null) {
      watcher.entropy(list.position, entropy);
    }
    if (list.reasonsAt(entropy)) {
      list.reason();
      if (watcher != null) {
        watcher.attention(list.contextAware() ? list.probability : null);
      }
      return false;
    }
    list.recommend();
    float[] probability = list.probability;
    int item = task.chooser().choose(list.position, probability, list.available);
    if (watcher != null) {
      watcher.choice(list.position, item, probability);
    }
    return list.choose(item);
  }

  @Override
  public void close() {
    // nothing outside the heap
  }
}
