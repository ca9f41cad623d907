package org.eglr.rerank;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What latent reasoning of the other kinds is put into: a decoder like EGLR's, whose first token is
 * the pool's context (eq. 10), and whose next ones are the items that were chosen and, before the
 * first of them, tokens of reasoning. One layer of a Transformer lets the last token look at all
 * before it (eq. 11); its output is matched with the candidates' vectors (eq. 12).
 *
 * <p>Other than EGLR's: sinusoids are added to tokens and not put beside them; the context is the
 * candidates' mean and not their sum, so that pools of all sizes look alike.
 *
 * @param width of vectors and tokens
 * @param heads of attention
 */
record LatentDecoder(int width, int heads) {

  /** Vectors of the candidates (eq. 9): [B * N, width]. */
  SDVariable vectors(ModelGraph g) {
    return g.once(
        "vectors",
        () -> {
          SDVariable hidden = g.relu(g.dense("vectors.1", g.candidates(), g.width(), width));
          return g.dense("vectors.2", hidden, width, width);
        });
  }

  /** The state that has read the pool's context. */
  State start(ModelGraph g) {
    SDVariable share = g.mask().div(g.sd().sum(g.mask(), true, 1));
    return read(g, new State(List.of()), g.weighted(share, vectors(g), width));
  }

  /** The state that has read one more token: [B, width]. */
  State read(ModelGraph g, State state, SDVariable token) {
    List<SDVariable> tokens = new ArrayList<>(state.parts());
    tokens.add(token.add(g.sinusoid(tokens.size(), width)));
    return new State(tokens);
  }

  /** The last token's output: [B, width]. */
  SDVariable output(ModelGraph g, State state) {
    List<SDVariable> tokens = state.parts();
    int count = tokens.size();
    SDVariable all =
        count == 1 ? tokens.get(0) : g.sd().concat(1, tokens.toArray(SDVariable[]::new));
    SDVariable rows = g.sd().reshape(all, g.batch() * count, width);
    SDVariable last = tokens.get(count - 1);
    return g.attentionLayer(
        "decoder", last, rows, g.ones(g.batch(), count), width, heads, 2 * width);
  }

  /** Scores of the candidates for an output: [B, N]. */
  SDVariable logits(ModelGraph g, SDVariable output) {
    return g.match(vectors(g), g.dense("query", output, width, width), width);
  }
}
