package org.eglr.internal.samediff.device;

import java.util.Map;
import org.eglr.Engine;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.ItemRows;
import org.eglr.internal.model.Weights;
import org.eglr.internal.samediff.Backend;
import org.eglr.internal.samediff.Calls;
import org.eglr.internal.samediff.Gpu;
import org.eglr.internal.samediff.Graph;
import org.eglr.internal.samediff.Sums;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Makes the vectors z = MLP(x) (eq. 9) of items on the device, where the embedding tables are, too:
 * what travels are numbers of table rows. Not thread-safe.
 */
public final class ItemGraph extends Graph {

  /** Tables may take this part of the device's free memory, and so may a call's results. */
  private static final int DEVICE_PART = 16;

  private static final long MOST_BYTES = 1L << 30;

  private final TableLayout layout;
  private final INDArray tables;
  private final DeviceFeatureRows rows;
  private final int width;
  private final int most; // rows that are computed together

  /** With the present values of a feature extractor's weights. */
  public ItemGraph(Architecture architecture, Weights weights) {
    this(architecture, weights, rows(architecture));
  }

  /**
   * @param most rows that are computed together
   */
  ItemGraph(Architecture architecture, Weights weights, int most) {
    super(weights.features(), DataType.FLOAT);
    width = architecture.settings().width();
    layout = new TableLayout(weights);
    tables = layout.zeros();
    rows = new DeviceFeatureRows(architecture, layout, tables);
    this.most = most;
    vectors(architecture.inputWidth());
    context();
    update(weights);
  }

  private static int rows(Architecture architecture) {
    int width = architecture.settings().width();
    long floats = 3L * architecture.inputWidth() + 4L * architecture.hiddenWidth() + 3L * width;
    long bytes = Math.min(Gpu.memory() / DEVICE_PART, MOST_BYTES);
    return (int) Math.max(1, bytes / (Float.BYTES * floats));
  }

  /**
   * Whether vectors are made this way: where calls of graphs are few and large, as on a GPU, and
   * the embedding tables take little of the device's memory.
   */
  public static boolean suits(Engine engine, Weights features) {
    return engine == Engine.SAMEDIFF && Calls.of(engine).oneCaller() && fit(features, Gpu.memory());
  }

  static boolean fit(Weights features, long freeBytes) {
    long length = TableLayout.length(features);
    return length <= DeviceWeights.MAX_LENGTH && Float.BYTES * length <= freeBytes / DEVICE_PART;
  }

  /** Takes over the weights' present values. */
  public void update(Weights weights) {
    load(weights);
    layout.load(weights, tables);
  }

  /** Takes over the weights' present values, on the device. */
  public void update(DeviceWeights weights) {
    load(weights::value);
    if (tables != null) {
      tables.assign(weights.tables().values());
    }
  }

  private void vectors(int inputWidth) {
    SDVariable x = input("features", -1, inputWidth);
    features(featureHidden(x)).rename("vectors");
  }

  private void context() {
    SDVariable present = sd.expandDims(input("present", -1, -1), 2);
    SDVariable z = input("z", -1, -1, width).mul(present);
    Sums.overFirst(sd, input("ones", 1, -1), z, width).rename("context");
  }

  /**
   * Makes the items' vectors.
   *
   * @param into [items, d]; rows about nothing become finite numbers
   */
  public void vectors(ItemRows items, INDArray into) {
    for (int from = 0; from < items.size(); from += most) {
      int to = Math.min(items.size(), from + most);
      ItemRows part = items.part(from, to);
      INDArray x = rows.x(part, rows.ids(part));
      INDArray target = into.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
      iteration(() -> target.assign(execute(Map.of("features", x), "vectors").get("vectors")));
    }
  }

  /**
   * Sums the vectors of each request's candidates (eq. 10).
   *
   * @param z [N, R, d]
   * @param present 1 for candidates, 0 for padding: [N, R]
   * @param into [R, d]
   */
  public void context(INDArray z, float[] present, INDArray into) {
    long pool = z.size(0);
    try (INDArray weights = Backend.array(type, present, pool, z.size(1));
        INDArray ones = Backend.array(type, ones((int) pool), 1, pool)) {
      Map<String, INDArray> in = Map.of("z", z, "present", weights, "ones", ones);
      iteration(() -> into.assign(execute(in, "context").get("context")));
    }
  }

  @Override
  public void free() {
    rows.close();
    if (tables != null) {
      tables.close();
    }
  }
}
