package org.eglr.internal.nn;

import java.util.Map;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.autodiff.samediff.internal.SessionMemMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A session on a memory of ours that does not remember the arrays of runs gone by. */
final class ArenaSession extends InferenceSession {

  ArenaSession(SameDiff graph, SessionMemMgr memory) {
    super(graph);
    setMmgr(memory);
  }

  @Override
  protected Map<String, INDArray> preprocessPlaceholders(
      Map<String, INDArray> placeholders, At at) {
    freedArrays.clear();
    return super.preprocessPlaceholders(placeholders, at);
  }
}
