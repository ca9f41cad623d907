package org.eglr.internal.rerank;

import java.util.ArrayList;
import java.util.List;
import org.eglr.rerank.Prm;
import org.eglr.rerank.RerankerModel;

/** Every kind of model, so small that all of its gradient can be looked at. */
public final class SmallModels {

  private SmallModels() {}

  /** Each of {@link ModelKinds}; with more settings where these lead to other operations. */
  public static List<RerankerModel> all() {
    List<RerankerModel> all = new ArrayList<>();
    all.add(new Prm(6, 2, 2, 5));
    for (RerankerModel kind : ModelKinds.all().values()) {
      if (all.stream().noneMatch(model -> model.getClass() == kind.getClass())) {
        all.add(kind); // as it is, until somebody makes it smaller
      }
    }
    return all;
  }
}
