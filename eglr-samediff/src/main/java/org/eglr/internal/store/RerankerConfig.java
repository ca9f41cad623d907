package org.eglr.internal.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.eglr.internal.check.Setting;

/**
 * config.json of a re-ranker's file.
 *
 * @param format always {@value #FORMAT}
 * @param version of the format
 * @param kind one of the library's models, or "own"
 * @param name what people call the model
 * @param settings of the model, by name; none of one's own
 * @param embedding width of each categorical field's embedding; 1 to 256
 * @param places of the initial order that have a vector of their own; 1 to 1000
 * @param seed of first values and of all that is drawn
 * @param reasoning put into its decoding: none or one
 * @param stages that are trained, by name
 */
record RerankerConfig(
    String format,
    int version,
    String kind,
    String name,
    ObjectNode settings,
    int embedding,
    int places,
    long seed,
    List<GatedReasoning> reasoning,
    List<String> stages) {

  static final String FORMAT = "eglr-reranker";
  static final int VERSION = 2;

  /** The last version without {@link LaterSettings}. */
  static final int EARLIER = 1;

  RerankerConfig {
    Setting.require(embedding >= 1 && embedding <= 256, "embedding", embedding, "1 to 256");
    Setting.require(places >= 1 && places <= 1000, "places", places, "1 to 1000");
    Setting.require(reasoning.size() <= 1, "reasoning", reasoning.size(), "none or one");
  }
}
