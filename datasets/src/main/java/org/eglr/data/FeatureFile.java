package org.eglr.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A file with one row an entity, of which those that are asked for are kept. What the file does not
 * tell of them is missing.
 *
 * @param file where it is
 * @param key the column of the ids
 * @param idField name of the categorical field that holds the id; null for none
 * @param features the fields
 */
record FeatureFile(Path file, String key, String idField, List<Feature> features) {

  /**
   * Reads the entities.
   *
   * @param what "users" or "items"
   * @param ids whom to keep, ascending: row by row of the result
   * @param doubts is told how many have no row
   */
  Entities read(String what, long[] ids, ReadProgress progress, List<String> doubts) {
    String[] columns =
        Stream.concat(Stream.of(key), features.stream().map(Feature::column))
            .toArray(String[]::new);
    Object[] values = new Object[features.size()];
    for (int f = 0; f < values.length; f++) {
      values[f] = features.get(f).isDense() ? nan(ids.length) : new String[ids.length];
    }
    int[] seen = new int[ids.length];
    try (CsvLines lines = CsvLines.open(file, progress, columns)) {
      Map<String, String> shared = new HashMap<>();
      while (lines.next()) {
        int row = Arrays.binarySearch(ids, lines.whole(0, 0, Long.MAX_VALUE));
        if (row < 0) {
          continue;
        }
        if (seen[row] > 0) {
          throw lines.error(
              0, "stands in line %d already; ids must be distinct".formatted(seen[row]));
        }
        seen[row] = lines.number();
        for (int f = 0; f < values.length; f++) {
          read(lines, f, row, values[f], shared);
        }
      }
    }
    int absent = (int) Arrays.stream(seen).filter(line -> line == 0).count();
    if (absent == ids.length) {
      throw new DataException(
          "%s has none of the log's %s; the files do not belong together"
              .formatted(file.getFileName(), what));
    }
    CutLog.doubt(
        doubts,
        absent,
        ids.length,
        "%s are not in %s; what is known of others is missing there"
            .formatted(what, file.getFileName()));
    return entities(what, ids, values);
  }

  private static double[] nan(int size) {
    double[] values = new double[size];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private void read(CsvLines lines, int f, int row, Object column, Map<String, String> shared) {
    Feature feature = features.get(f);
    if (!feature.isDense()) {
      String cell = lines.category(f + 1);
      String text = cell == null ? null : feature.text().apply(cell);
      String first = text == null ? null : shared.putIfAbsent(text, text);
      ((String[]) column)[row] = first == null ? text : first;
      return;
    }
    double number = lines.number(f + 1);
    double scaled = feature.scale().applyAsDouble(number);
    if (!Double.isNaN(number) && !Double.isFinite(scaled)) {
      throw lines.error(f + 1, "is below 0; an amount is 0 or more");
    }
    ((double[]) column)[row] = scaled;
  }

  private Entities entities(String what, long[] ids, Object[] values) {
    String[] keys = Arrays.stream(ids).mapToObj(Long::toString).toArray(String[]::new);
    Entities.Builder entities = Entities.of(what, keys);
    if (idField != null) {
      entities.categorical(idField, keys);
    }
    for (int f = 0; f < values.length; f++) {
      String field = features.get(f).field();
      if (values[f] instanceof String[] texts) {
        for (int row = 0; row < texts.length; row++) {
          texts[row] = texts[row] == null ? Missing.CATEGORY : texts[row];
        }
        entities.categorical(field, texts);
      } else {
        addDense(entities, field, (double[]) values[f]);
      }
    }
    return entities.build();
  }

  private static void addDense(Entities.Builder entities, String field, double[] values) {
    entities.dense(field, values);
    if (Arrays.stream(values).anyMatch(Double::isNaN)) {
      entities.dense(
          Missing.flag(field),
          Arrays.stream(values).map(value -> Double.isNaN(value) ? 1 : 0).toArray());
    }
  }
}
