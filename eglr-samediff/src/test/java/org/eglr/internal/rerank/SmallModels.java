package org.eglr.internal.rerank;

import java.util.ArrayList;
import java.util.List;
import org.eglr.rerank.Cmr;
import org.eglr.rerank.Dlcm;
import org.eglr.rerank.EgRerank;
import org.eglr.rerank.Last;
import org.eglr.rerank.LatentR3;
import org.eglr.rerank.Prm;
import org.eglr.rerank.ReaRec;
import org.eglr.rerank.RerankerModel;
import org.eglr.rerank.Seq2Slate;
import org.eglr.rerank.SetRank;
import org.eglr.rerank.StreamRec;

/** Every kind of model, so small that all of its gradient can be looked at. */
public final class SmallModels {

  private SmallModels() {}

  /** Each of {@link ModelKinds}; with more settings where these lead to other operations. */
  public static List<RerankerModel> all() {
    List<RerankerModel> all = new ArrayList<>();
    all.add(new Dlcm(5, 2));
    all.add(new Prm(6, 2, 2, 5));
    all.add(new SetRank(6, 2, 2, 5, 0));
    all.add(new SetRank(6, 3, 1, 5, 3));
    all.add(new Seq2Slate(5, Seq2Slate.Loss.CROSS_ENTROPY));
    all.add(new Seq2Slate(5, Seq2Slate.Loss.HINGE));
    all.add(new EgRerank(5, 2, 0.1, 0.01, 0.1, EgRerank.Judge.OWN));
    all.add(new EgRerank(5, 2, 0.1, 0.01, 0.1, EgRerank.Judge.SHARED));
    all.add(new Cmr(5, 4, 1, 0.3, ""));
    all.add(new Cmr(5, 4, 1, 0.3, "item category 0"));
    all.add(new Last().width(5).memory(4));
    all.add(new ReaRec(6, 2, 2, 0.8, 1.5, 1, 0.5, 0.3));
    all.add(new StreamRec(6, 2, 2, 4, 2));
    all.add(new LatentR3(6, 2, 2, 2, 0.5));
    for (RerankerModel kind : ModelKinds.all().values()) {
      if (all.stream().noneMatch(model -> model.getClass() == kind.getClass())) {
        all.add(kind); // as it is, until somebody makes it smaller
      }
    }
    return all;
  }
}
