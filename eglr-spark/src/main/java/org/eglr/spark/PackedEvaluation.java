package org.eglr.spark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.internal.learn.EvaluatorBatch;
import org.eglr.internal.learn.EvaluatorTask;
import org.eglr.internal.model.Dropout;
import org.eglr.internal.model.EvaluatorEngine;
import org.eglr.internal.model.ListBatch;
import org.eglr.internal.model.ListItems;

/** Parts of the evaluator's batches as bytes, and what becomes of them. */
final class PackedEvaluation {

  private PackedEvaluation() {}

  /**
   * @param items whether the engine asks for the lists' items
   */
  static byte[] task(EvaluatorTask task, boolean items) {
    Packer into = new Packer();
    ListBatch lists = task.part().lists();
    into.add(lists.length()).add(lists.lengths()).add(lists.clicked()).add(lists.utility());
    into.add(task.x()).add(task.batch());
    Dropout dropout = task.dropout();
    into.add(dropout == null ? 0.0 : dropout.rate());
    if (dropout != null) {
      into.add(dropout.stream()).add(dropout.first());
    }
    into.add(items ? 1 : 0);
    if (items) {
      task.part().requests().forEach(request -> PackedRequest.add(into, request));
    }
    return into.bytes();
  }

  static EvaluatorTask task(byte[] bytes, Schema schema) {
    Unpacker from = new Unpacker(bytes);
    int length = from.integer();
    int[] lengths = from.integers();
    boolean[] clicked = from.flags();
    float[] utility = from.floats();
    float[] x = from.floats();
    int batch = from.integer();
    double rate = from.real();
    Dropout dropout = rate == 0 ? null : new Dropout(rate, from.longInteger(), from.integer());
    boolean items = from.integer() == 1;
    List<Request> requests = PackedRequest.next(from, schema, items ? lengths.length : 0);
    ListBatch lists =
        new ListBatch(
            lengths.length,
            length,
            lengths,
            clicked,
            utility,
            items ? ListItems.shown(requests) : null);
    return new EvaluatorTask(new EvaluatorBatch(requests, lists), x, batch, dropout);
  }

  static byte[] result(EvaluatorEngine.Result result) {
    Packer into = new Packer().add(result.clickLoss()).add(result.valueLoss());
    gradients(into, result.gradients());
    return into.addAsFloats(result.features()).bytes(); // they are added up as floats
  }

  static EvaluatorEngine.Result result(byte[] bytes) {
    Unpacker from = new Unpacker(bytes);
    double clickLoss = from.real();
    double valueLoss = from.real();
    return new EvaluatorEngine.Result(
        clickLoss, valueLoss, gradients(from), from.floatsAsDoubles());
  }

  /** In their order, which sums follow. */
  static void gradients(Packer into, Map<String, double[]> gradients) {
    into.add(gradients.size());
    gradients.forEach((name, values) -> into.add(name).add(values));
  }

  static Map<String, double[]> gradients(Unpacker from) {
    int size = from.integer();
    Map<String, double[]> gradients = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      String name = from.text();
      gradients.put(name, from.doubles());
    }
    return gradients;
  }
}
