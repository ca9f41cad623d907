package org.eglr.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.eglr.data.Request;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;
import org.junit.jupiter.api.Test;

class StructEncoderTest {

  private static final Schema SCHEMA =
      new Schema(
          List.of(),
          List.of(),
          List.of(
              new Vocabulary("brand", List.of("a", "", "(missing)", "b")),
              new Vocabulary("size", List.of("1", "2", "true", "0.5"))),
          List.of(
              new Scaling("price", 2, 0.5),
              new Scaling("price_missing", 0.1, 0.3),
              new Scaling("sold", 1, 2),
              new Scaling("other_missing", 0, 1))); // no flag: there is no "other"

  private final Random random = new Random(5);

  /** Fields in another order than the schema's, with others between, and all that may be null. */
  @Test
  void aStructBecomesTheNumbersOfALiveRequest() {
    for (String size : List.of("int", "long", "double", "string", "boolean")) {
      for (boolean withFlag : new boolean[] {false, true}) {
        StructType type =
            new StructType().add("sold", "boolean").add("more", "string").add("price", "float");
        type = type.add("size", size).add("brand", "string").add("other_missing", "int");
        same(withFlag ? type.add("price_missing", "double") : type);
      }
    }
  }

  private void same(StructType type) {
    StructFields fields =
        StructFields.of("test", type, SCHEMA.itemCategories(), SCHEMA.itemValues());
    var encoder = new StructEncoder(fields, SCHEMA.itemCategories(), SCHEMA.itemValues());
    int pool = 40;
    int[] ids = new int[2 * pool];
    float[] values = new float[4 * pool];
    List<Map<String, Object>> candidates = new ArrayList<>();
    for (int i = 0; i < pool; i++) {
      Object[] row = new Object[type.size()];
      Map<String, Object> map = new HashMap<>();
      for (int f = 0; f < row.length; f++) {
        row[f] = random.nextInt(4) == 0 ? null : value(type.apply(f).dataType().typeName());
        if (row[f] != null && !type.apply(f).name().equals("more")) {
          map.put(type.apply(f).name(), row[f]);
        }
      }
      Row struct = RowFactory.create(row);
      encoder.encode(struct, i, ids, values, "candidate", i);
      candidates.add(map);
    }
    Request expected = Request.of(SCHEMA).candidates(candidates).length(1);
    assertArrayEquals(expected.itemIds(), ids);
    assertArrayEquals(expected.itemValues(), values);
  }

  private Object value(String type) {
    return switch (type) {
      case "integer" -> random.nextInt(4);
      case "long" -> (long) random.nextInt(4);
      case "float" -> random.nextInt(8) / 2f;
      case "double" -> random.nextInt(8) / 2.0;
      case "boolean" -> random.nextBoolean();
      default -> List.of("a", "b", "", "1", "c").get(random.nextInt(5));
    };
  }
}
