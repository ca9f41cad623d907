package org.eglr.rerank;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eglr.data.DataException;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;
import org.eglr.internal.check.Setting;
import org.eglr.internal.math.InOrder;
import org.eglr.train.RewardedList;

/**
 * CMR, controllable multi-objective re-ranking (Chen et al., KDD 2023): a set encoder, a recurrent
 * pointer decoder, REINFORCE against an evaluator, and a hypernetwork that makes one model of many
 * preferences between clicks and diversity.
 *
 * <p>A choice's reward is the evaluator's click probability at its position minus that of the
 * initial list at the same position; its return adds what follows, {@code R_t = r_t + gamma
 * R_(t+1)}. With a {@link #diversity} field the reward is w times that and 1 - w times the gain in
 * diversity by ERR-IA, {@code 1 / (2^c rank)} with c items of the same category before; w is drawn
 * for every request while it learns, and whoever serves lists turns the dial {@code
 * withDial("clicks", w)}, 1 unless it is set.
 *
 * <p>Adapted: the evaluator is the one that all systems here share. Other than in the released
 * code: the pointers' shares over the pool are softmaxes before the decoder reads the pool by them,
 * so that the pool's size does not scale what is read; the loss's softmax leaves out what is taken,
 * where that code's does not; a candidate's place has a learned vector; w is drawn for a request,
 * not for a batch; a chosen item's features learn from being read.
 *
 * @param width of encoded candidates and pointers; 1 to 1024, default 64
 * @param memory width of the decoder's state; 1 to 1024, default 32
 * @param samples lists a request; 1 to 256, default 1
 * @param discount gamma; 0 to 1, default 0.3
 * @param diversity a categorical field of items; empty, the default: clicks alone, without a
 *     hypernetwork
 */
public record Cmr(int width, int memory, int samples, double discount, String diversity)
    implements DecoderModel {

  /** The dial between clicks, 1, and diversity, 0. */
  public static final String DIAL = "clicks";

  public Cmr {
    Widths.require(width);
    Setting.require(memory >= 1 && memory <= 1024, "memory", memory, "1 to 1024");
    Setting.require(samples >= 1 && samples <= 256, "samples", samples, "1 to 256");
    Setting.require(discount >= 0 && discount <= 1, "discount", discount, "0 to 1");
    Setting.require(diversity != null, "diversity", null, "a field's name, or empty");
  }

  /** The usual settings. */
  public Cmr() {
    this(64, 32, 1, 0.3, "");
  }

  /** With another width; 1 to 1024. */
  public Cmr width(int value) {
    return new Cmr(value, memory, samples, discount, diversity);
  }

  /** With another width of the decoder's state; 1 to 1024. */
  public Cmr memory(int value) {
    return new Cmr(width, value, samples, discount, diversity);
  }

  /** With so many lists a request; 1 to 256. */
  public Cmr samples(int value) {
    return new Cmr(width, memory, value, discount, diversity);
  }

  /** With another discount; 0 to 1. */
  public Cmr discount(double value) {
    return new Cmr(width, memory, samples, value, diversity);
  }

  /** With a dial between clicks and diversity by a field; empty: without. */
  public Cmr diversity(String field) {
    return new Cmr(width, memory, samples, discount, field);
  }

  @Override
  public String name() {
    return "CMR";
  }

  @Override
  public boolean readsInitialOrder() {
    return true;
  }

  @Override
  public void require(Schema schema) {
    List<String> fields = schema.itemCategories().stream().map(Vocabulary::field).toList();
    if (!diversity.isEmpty() && !fields.contains(diversity)) {
      throw new DataException(
          "CMR's diversity is by the field '%s', which items do not have; categorical ones are %s"
              .formatted(diversity, String.join(", ", fields)));
    }
  }

  @Override
  public ListDecoder decoder() {
    return new DeepSetPointer(width, memory, !diversity.isEmpty());
  }

  @Override
  public List<TrainingStage> stages() {
    return List.of(
        TrainingStage.reinforced(samples, new Gain(discount, diversity), Losses::policyGradient));
  }

  /** What each position of a list gains over the initial list. */
  record Gain(double discount, String diversity) implements Credit {

    @Override
    public double[][][] of(List<ListGroup> batch) {
      return Credit.each(
              group ->
                  group.lists().stream()
                      .map(list -> Returns.discounted(gains(group, list), discount))
                      .toArray(double[][]::new))
          .of(batch);
    }

    @Override
    public double worth(ListGroup group, RewardedList list) {
      return diversity.isEmpty() ? list.clickDcg() : InOrder.mean(gains(group, list));
    }

    private double[] gains(ListGroup group, RewardedList list) {
      double w = diversity.isEmpty() ? 1 : group.dials().getOrDefault(DIAL, 1.0);
      double[] gains = list.clickProbabilities().clone();
      double[] initial = group.initial().clickProbabilities();
      double[] varied = diversity.isEmpty() ? null : varied(list);
      double[] before = diversity.isEmpty() ? null : varied(group.initial());
      for (int t = 0; t < gains.length; t++) {
        gains[t] = w * (gains[t] - initial[t]);
        if (varied != null) {
          gains[t] += (1 - w) * (varied[t] - before[t]);
        }
      }
      return gains;
    }

    /** ERR-IA's gain of each position; items without a category are unlike all others. */
    private double[] varied(RewardedList list) {
      Map<String, Integer> seen = new HashMap<>();
      double[] gain = new double[list.length()];
      for (int t = 0; t < gain.length; t++) {
        String category = list.category(diversity, t);
        int before = category.isEmpty() ? 0 : seen.merge(category, 1, Integer::sum) - 1;
        gain[t] = Math.pow(0.5, before) / (t + 1);
      }
      return gain;
    }
  }
}
