package org.eglr.internal.decode;

import java.util.List;
import org.eglr.internal.nn.Weights;

/** Writes lists item by item (eq. 10-14); belongs to one thread. */
public interface DecodingEngine extends AutoCloseable {

  /** Takes over the generator's present weights. */
  void update(Weights weights);

  /** One trajectory a task, in order; results do not depend on how tasks are batched. */
  List<Trajectory> decode(List<ListTask> tasks);

  @Override
  void close();
}
