package org.eglr.internal.trees;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMBooster.FeatureImportanceType;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.Locale;
import org.eglr.data.DataException;
import org.eglr.data.ListSet;
import org.eglr.internal.work.Workers;
import org.eglr.rerank.LambdaMartTraining;

/** Trains trees by LightGBM; the one class that needs it. */
public final class LightGbm implements AutoCloseable {

  private static final String DATA_OPTIONS = "max_bin=%d categorical_feature=%s verbosity=-1";

  /** Ids of more than this many values are not all numbers of 32 bits. */
  private static final int MOST_IDS = 1 << 24;

  private final LGBMDataset train;
  private final LGBMDataset valid;
  private final LGBMBooster booster;

  private LightGbm(LGBMDataset train, LGBMDataset valid, LGBMBooster booster) {
    this.train = train;
    this.valid = valid;
    this.booster = booster;
  }

  /**
   * A training that has made no tree yet.
   *
   * @param valid null if there is none
   * @throws IllegalStateException if LightGBM cannot run here
   */
  public static LightGbm start(
      ListSet train, ListSet valid, CandidateRows rows, LambdaMartTraining options, long seed) {
    if (rows.mostIds() > MOST_IDS) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "a field of %,d ids is too large for LambdaMART, which takes %,d",
              rows.mostIds(),
              MOST_IDS));
    }
    try {
      NativeLibrary.load();
      return asked(() -> open(train, valid, rows, options, seed));
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "LightGBM's native library does not run here (%s); it needs libgomp (Debian, Ubuntu:"
                  .formatted(e.getMessage())
              + " apt-get install libgomp1) or libomp (macOS: brew install libomp)",
          e);
    }
  }

  @SuppressWarnings("resource") // handed on, or closed by what fails
  private static LightGbm open(
      ListSet train, ListSet valid, CandidateRows rows, LambdaMartTraining options, long seed)
      throws LGBMException {
    String form = DATA_OPTIONS.formatted(options.bins(), rows.categorical());
    LGBMDataset training = dataset(ShownRows.of(train, rows), rows, form, null, options);
    LGBMDataset validation =
        valid == null ? null : dataset(ShownRows.of(valid, rows), rows, form, training, options);
    LGBMBooster booster = LGBMBooster.create(training, parameters(options, seed));
    if (validation != null) {
      booster.addValidData(validation);
    }
    return new LightGbm(training, validation, booster);
  }

  private static LGBMDataset dataset(
      ShownRows shown,
      CandidateRows rows,
      String form,
      LGBMDataset reference,
      LambdaMartTraining options)
      throws LGBMException {
    LGBMDataset data =
        LGBMDataset.createFromMat(
            shown.features(), shown.rows(), rows.width(), true, form, reference);
    data.setField("label", shown.clicked());
    data.setField("group", shown.lengths());
    if (options.correctPosition() && reference == null) {
      data.setField("position", shown.positions());
    }
    return data;
  }

  private static String parameters(LambdaMartTraining options, long seed) {
    return String.format(
        Locale.ROOT,
        "objective=lambdarank metric=ndcg eval_at=10 learning_rate=%s num_leaves=%d"
            + " min_data_in_leaf=%d lambda_l2=%s feature_fraction=%s"
            + " lambdarank_truncation_level=%d seed=%d num_threads=%d"
            + " deterministic=true force_row_wise=true verbosity=-1",
        options.learningRate(),
        options.leaves(),
        options.leastPerLeaf(),
        options.l2(),
        options.fieldShare(),
        options.truncation(),
        Math.floorMod(seed, Integer.MAX_VALUE),
        Workers.shared().size());
  }

  /** Adds a tree; false if no tree can improve the training lists' order any more. */
  public boolean grow() {
    return asked(() -> !booster.updateOneIter());
  }

  /** NDCG@10 on the validation lists, by LightGBM: a list without a click counts 1. */
  public double validNdcg() {
    return asked(() -> booster.getEval(1)[0]);
  }

  /** LightGBM's own text of the first trees. */
  public String text(int trees) {
    return asked(() -> booster.saveModelToString(0, trees, FeatureImportanceType.GAIN));
  }

  @Override
  public void close() {
    asked(
        () -> {
          booster.close();
          train.close();
          if (valid != null) {
            valid.close();
          }
          return null;
        });
  }

  private interface Call<T> {
    T made() throws LGBMException;
  }

  /** What a call of the native library gives. */
  private static <T> T asked(Call<T> call) {
    try {
      return call.made();
    } catch (LGBMException e) {
      throw new IllegalStateException("LightGBM: " + e.getMessage(), e);
    }
  }
}
