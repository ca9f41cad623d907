package org.eglr.internal.nn;

import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.autodiff.samediff.internal.SessionMemMgr;

/** A session on a memory of ours; this release of ND4J remembers no arrays of runs gone by. */
final class ArenaSession extends InferenceSession {

  ArenaSession(SameDiff graph, SessionMemMgr memory) {
    super(graph);
    setMmgr(memory);
  }
}
