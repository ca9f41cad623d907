package org.eglr.rerank;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eglr.ModelFileException;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Schema;
import org.eglr.data.Splits;
import org.eglr.internal.SchemaCheck;
import org.eglr.internal.store.ReferenceFile;
import org.eglr.train.TrainingLog;

/**
 * Sorts by how often an item was clicked in the training lists, or by how often it was shown: what
 * everybody likes, for everybody. An item that was shown more is clicked more, so that the order of
 * the logging policy leaks in; {@link ClickRate} counts that out. Ids that training has not seen
 * count as 0.
 */
public final class Popularity implements SortingReranker, Trainable {

  /** What is counted. */
  public enum Count {
    CLICKS,
    SHOWS
  }

  private static final String KIND = "popularity";

  private final ItemField field;
  private final Count count;
  private volatile double[] byId;

  private Popularity(ItemField field, Count count) {
    this.field = field;
    this.count = count;
  }

  /** Counts clicks of the item field with the most ids. */
  public Popularity(Schema schema) {
    this(ItemField.of(schema, null), Count.CLICKS);
  }

  /** The same, not trained, counting by another categorical field of the items. */
  public Popularity field(String name) {
    return new Popularity(ItemField.of(field.schema(), name), count);
  }

  /** The same, not trained, counting something else. */
  public Popularity counting(Count what) {
    return new Popularity(field, what);
  }

  @Override
  public String name() {
    return "popularity";
  }

  @Override
  public boolean trained() {
    return byId != null;
  }

  @Override
  public TrainingLog train(Splits data) {
    return train(data.train());
  }

  /** Counts on these lists. */
  public TrainingLog train(ListSet lists) {
    SchemaCheck.require(field.schema(), lists);
    long start = System.nanoTime();
    ItemCounts counts = ItemCounts.of(lists, field);
    double[] each = new double[counts.clicksAt().length];
    Arrays.fill(each, 1);
    byId = count == Count.CLICKS ? counts.clicks() : counts.shows(each);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new TrainingLog(KIND, List.of(), List.of(), false, seconds);
  }

  @Override
  public List<double[]> scores(List<Request> requests) {
    return field.look(requests, Untrained.require(byId, name()));
  }

  /**
   * Writes the counts and the schema to one file.
   *
   * @throws IllegalStateException if it is not trained
   * @throws ModelFileException if it cannot be written
   */
  public void save(Path file) {
    double[] counts = Untrained.require(byId, name());
    Map<String, String> texts = Map.of("field", field.name(), "count", count.name());
    ReferenceFile.write(
        file,
        new ReferenceFile.Content(
            KIND, texts, Map.of(), field.schema(), Map.of("counts", counts), ""));
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws ModelFileException if the file is missing, damaged, foreign or of another version
   */
  public static Popularity load(Path file) {
    return ReferenceFile.read(
        file,
        KIND,
        content -> {
          Popularity read =
              new Popularity(
                  ItemField.of(content.schema(), content.text("field")),
                  Count.valueOf(content.text("count")));
          read.byId = content.column("counts", read.field.size());
          return read;
        });
  }
}
