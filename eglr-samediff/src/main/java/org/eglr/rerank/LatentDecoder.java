package org.eglr.rerank;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
record LatentDecoder(int width, int heads) implements ListDecoder {

  private static final String LAYER = "decoder";

  /** That of a model. */
  static LatentDecoder of(LatentModel model) {
    return new LatentDecoder(model.width(), model.heads());
  }

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
  @Override
  public State start(ModelGraph g) {
    SDVariable share = g.mask().div(g.sd().sum(g.mask(), true, 1));
    return advance(g, new State(List.of()), g.weighted(share, vectors(g), width));
  }

  /** The state that has read one more token, [B, width]: its keys and values stay. */
  @Override
  public State advance(ModelGraph g, State state, SDVariable token) {
    SDVariable placed = token.add(g.sinusoid(tokens(state), width));
    List<SDVariable> parts = new ArrayList<>(state.parts());
    if (parts.isEmpty()) {
      parts.add(placed);
    }
    parts.set(0, placed);
    parts.add(g.dense(LAYER + ".k", placed, width, width));
    parts.add(g.dense(LAYER + ".v", placed, width, width));
    return new State(parts);
  }

  /** Number of tokens that were read. */
  int tokens(State state) {
    return state.parts().size() / 2;
  }

  /** The last token's output: [B, width]. */
  SDVariable output(ModelGraph g, State state) {
    SDVariable last = state.get(0);
    SDVariable seen =
        g.attention(LAYER, last, all(g, state, 1), all(g, state, 2), null, width, heads);
    return g.residual(LAYER, last, seen, width, 2 * width);
  }

  /** Keys or values of all tokens: [B * tokens, width]. */
  private SDVariable all(ModelGraph g, State state, int first) {
    int tokens = tokens(state);
    if (tokens == 1) {
      return state.get(first);
    }
    SDVariable[] parts =
        IntStream.range(0, tokens)
            .mapToObj(t -> state.get(first + 2 * t))
            .toArray(SDVariable[]::new);
    return g.sd().reshape(g.sd().concat(1, parts), g.batch() * tokens, width);
  }

  @Override
  public SDVariable logits(ModelGraph g, State state) {
    return logits(g, output(g, state));
  }

  /** Scores of the candidates for an output: [B, N]. */
  SDVariable logits(ModelGraph g, SDVariable output) {
    return g.match(vectors(g), g.dense("query", output, width, width), width);
  }
}
