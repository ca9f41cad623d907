package org.eglr.internal.rerank;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

/**
 * The library's models by the names that files and magics have for them. A file's name chooses one
 * of these, and of nothing else.
 */
public final class ModelKinds {

  /** What files say of a model of somebody's own. */
  public static final String OWN = "own";

  private static final Map<String, RerankerModel> ALL = new LinkedHashMap<>();

  static {
    ALL.put("dlcm", new Dlcm());
    ALL.put("prm", new Prm());
    ALL.put("setrank", new SetRank());
    ALL.put("seq2slate", new Seq2Slate());
    ALL.put("eg-rerank", new EgRerank());
    ALL.put("cmr", new Cmr());
    ALL.put("last", new Last());
    ALL.put("rearec", new ReaRec());
    ALL.put("stream-rec", new StreamRec());
    ALL.put("latentr3", new LatentR3());
  }

  private ModelKinds() {}

  /** Each with its usual settings. */
  public static Map<String, RerankerModel> all() {
    return ALL;
  }

  /** The name of a model's kind; {@link #OWN} if it is none of the library's. */
  public static String of(RerankerModel model) {
    Optional<String> name =
        ALL.entrySet().stream()
            .filter(entry -> entry.getValue().getClass() == model.getClass())
            .map(Map.Entry::getKey)
            .findFirst();
    return name.orElse(OWN);
  }
}
