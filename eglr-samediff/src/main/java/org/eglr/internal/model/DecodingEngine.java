package org.eglr.internal.model;

import java.util.List;

/** Writes lists item by item (eq. 10-14); belongs to one thread. */
public interface DecodingEngine extends ComputeEngine {

  /** One trajectory a task, in order; results do not depend on how tasks are batched. */
  List<Trajectory> decode(List<ListTask> tasks);
}
