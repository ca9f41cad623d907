package org.eglr.spark;

import java.util.ArrayList;
import java.util.List;
import org.eglr.ListScore;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.internal.ListWriter;
import org.eglr.internal.learn.Rollouts;
import org.eglr.internal.model.CandidateVectors;
import org.eglr.internal.model.Trajectory;

/** Requests of a batch as bytes, and the lists written for them. */
final class PackedRollout {

  private PackedRollout() {}

  /**
   * Neighbouring requests of a batch.
   *
   * @param first the number of the first of them in the batch
   */
  record Task(int step, int group, int first, List<Request> requests) {}

  static byte[] task(Task task) {
    Packer into = new Packer().add(task.step()).add(task.group()).add(task.first());
    into.add(task.requests().size());
    task.requests().forEach(request -> PackedRequest.add(into, request));
    return into.bytes();
  }

  static Task task(byte[] bytes, Schema schema) {
    Unpacker from = new Unpacker(bytes);
    int step = from.integer();
    int group = from.integer();
    int first = from.integer();
    int size = from.integer();
    return new Task(step, group, first, PackedRequest.next(from, schema, size));
  }

  static byte[] result(Rollouts.Written written) {
    Packer into = new Packer();
    written.lists().forEach(of -> of.lists().forEach(list -> trajectory(into, list)));
    for (ListScore score : written.scores()) {
      into.add(score.clickProbabilities()).add(score.value()).add(score.deviations());
    }
    return into.bytes();
  }

  /** Adds the lists and scores of a task's requests to those of the batch. */
  static void result(
      byte[] bytes, List<CandidateVectors> requests, int group, Rollouts.Written into) {
    Unpacker from = new Unpacker(bytes);
    for (CandidateVectors request : requests) {
      List<Trajectory> lists = new ArrayList<>(group);
      for (int g = 0; g < group; g++) {
        lists.add(trajectory(from));
      }
      into.lists().add(new ListWriter.Written(request, lists));
    }
    for (int l = 0; l < requests.size() * group; l++) {
      double[] clicks = from.doubles();
      double value = from.real();
      into.scores().add(new ListScore(clicks, value, from.doubles()));
    }
  }

  static void trajectory(Packer into, Trajectory list) {
    into.add(list.order()).add(list.steps()).add(list.tokens());
    into.add(list.entropyBefore()).add(list.entropyAfter()).add(list.logProbability());
  }

  static Trajectory trajectory(Unpacker from) {
    return new Trajectory(
        from.integers(),
        from.integers(),
        from.floats(),
        from.doubles(),
        from.doubles(),
        from.real());
  }
}
