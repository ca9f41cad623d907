package org.eglr.internal.samediff.device;

import java.util.List;
import org.eglr.data.Request;
import org.eglr.internal.model.Architecture;
import org.eglr.internal.model.ItemRows;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Feature rows (eq. 6) of a training whose embedding tables lie on the device; hands their
 * gradients to those of the embedding rows. A step goes: {@link #begin}; {@link #x} and {@link
 * #take} for each part of a batch; then {@link #uses} has the embedding rows' gradients. Not
 * thread-safe.
 */
public final class DeviceFeatures implements AutoCloseable {

  private final int embedding;
  private final int zeros;
  private final DeviceFeatureRows rows;
  private final DeviceUses uses;
  private int places;

  /** With the embedding tables of the weights, whose values it reads and writes. */
  public DeviceFeatures(Architecture architecture, DeviceWeights weights) {
    embedding = architecture.settings().embedding();
    zeros = weights.layout().rows();
    INDArray tables = weights.tables() == null ? null : weights.tables().values();
    rows = new DeviceFeatureRows(architecture, weights.layout(), tables);
    uses = new DeviceUses(weights, embedding);
  }

  /**
   * Begins a step.
   *
   * @param items rows of x in all parts of its batch together, padding included
   */
  public void begin(int items) {
    places = 0;
    uses.begin(Math.multiplyExact(items, rows.itemFields() + rows.userFields()));
  }

  /**
   * A part of a batch.
   *
   * @param x its feature rows [R * N, inputWidth]; valid until the next part's are made
   * @param place of its first gradient
   */
  public record Part(INDArray x, int place) {}

  /**
   * Feature rows of requests' first candidates.
   *
   * @param counts candidates of each request
   * @param length padded number of candidates N; rows of padding have embeddings and values of 0
   */
  public Part x(List<Request> requests, int[] counts, int length) {
    ItemRows items = ItemRows.byRequest(requests, counts, length);
    DeviceFeatureRows.Ids ids = rows.ids(items);
    int place = places;
    use(ids.items());
    use(ids.users());
    return new Part(rows.x(items, ids), place);
  }

  private void use(int[] ids) {
    for (int id : ids) {
      if (id != zeros) {
        uses.add(id, places);
      }
      places++;
    }
  }

  /** The embedding rows that the step's batch uses. */
  public DeviceUses uses() {
    return uses;
  }

  /** Takes over the gradient of a part's feature rows; the array is not needed afterwards. */
  public void take(Part part, INDArray gradient) {
    int place = take(gradient, part.place(), rows.itemFields(), 0);
    take(gradient, place, rows.userFields(), rows.firstUserColumn());
  }

  private int take(INDArray gradient, int place, int fields, int column) {
    int next = place + gradient.rows() * fields;
    if (fields > 0) {
      int columns = fields * embedding;
      uses.gradients(place, next)
          .reshape(gradient.rows(), columns)
          .assign(DeviceFeatureRows.columns(gradient, column, column + columns));
    }
    return next;
  }

  @Override
  public void close() {
    rows.close();
    uses.close();
  }
}
