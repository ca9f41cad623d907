package org.eglr.internal.decode;

import java.util.List;
import org.eglr.internal.nn.ComputeEngine;

/** Writes lists item by item (eq. 10-14); belongs to one thread. */
public interface DecodingEngine extends ComputeEngine {

  /** One trajectory a task, in order; results do not depend on how tasks are batched. */
  List<Trajectory> decode(List<ListTask> tasks);
}
