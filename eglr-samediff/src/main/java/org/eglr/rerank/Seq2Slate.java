package org.eglr.rerank;

import java.util.List;
import org.eglr.internal.check.Setting;

/**
 * Seq2Slate (Bello et al., 2019): a pointer network reads the pool in its initial order and points
 * at one item after another.
 *
 * <p>It learns from clicks on lists that it draws itself: at each step the clicked items that are
 * not yet in the list should have the largest shares (cross-entropy) or be ahead by 1 (hinge);
 * later steps count less. Only shown candidates are drawn while it learns.
 *
 * <p>Adapted: the embeddings learn with the rest. Other than in LibRerank's code: the encoder is
 * the paper's recurrent one and hands its state on, not a perceptron of each item; lists are the
 * most probable ones when served, where that code draws; the pointer is {@code v · tanh(W1 e + W2
 * d)}. The paper's third loss, by reinforcement, is what {@link EgRerank} does.
 *
 * @param width of encoder, decoder and pointer; 1 to 1024, default 64
 * @param loss default CROSS_ENTROPY
 */
public record Seq2Slate(int width, Loss loss) implements DecoderModel {

  /** What it minimises at each step. */
  public enum Loss {
    /** {@link Losses#stepCrossEntropy}. */
    CROSS_ENTROPY,
    /** {@link Losses#stepHinge}. */
    HINGE
  }

  public Seq2Slate {
    Widths.require(width);
    Setting.require(loss != null, "loss", loss, "CROSS_ENTROPY or HINGE");
  }

  /** The usual settings. */
  public Seq2Slate() {
    this(64, Loss.CROSS_ENTROPY);
  }

  /** With another width; 1 to 1024. */
  public Seq2Slate width(int value) {
    return new Seq2Slate(value, loss);
  }

  /** With another loss. */
  public Seq2Slate loss(Loss value) {
    return new Seq2Slate(width, value);
  }

  @Override
  public String name() {
    return "Seq2Slate";
  }

  @Override
  public boolean readsInitialOrder() {
    return true;
  }

  @Override
  public ListDecoder decoder() {
    return new LstmPointer(width, true);
  }

  @Override
  public List<TrainingStage> stages() {
    return List.of(
        TrainingStage.supervised(
            Rollout.SAMPLED, loss == Loss.HINGE ? Losses::stepHinge : Losses::stepCrossEntropy));
  }
}
