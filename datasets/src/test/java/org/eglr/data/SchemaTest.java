package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {

  private static Schema schema(List<String> ids, Scaling price) {
    return new Schema(
        List.of(new Vocabulary("user_id", List.of("u"))),
        List.of(),
        List.of(new Vocabulary("item_id", ids)),
        List.of(price));
  }

  private final Scaling price = new Scaling("price", 2, 3);
  private final Schema schema = schema(List.of("a", "b"), price);

  @Test
  void takesDataOfAnEqualSchema() {
    assertDoesNotThrow(
        () -> schema.requireSame(schema(List.of("a", "b"), new Scaling("price", 2, 3))));
    assertEquals(schema, schema(List.of("a", "b"), price));
  }

  @Test
  void namesTheFirstDifference() {
    String remedy = "log.encode(model.schema())";
    assertRefused(
        () -> schema.requireSame(schema(List.of("a", "c"), price)),
        "'item_id'",
        "part at id 2 ('b' against 'c')",
        remedy);
    assertRefused(
        () -> schema.requireSame(schema(List.of("a"), price)),
        "3 ids, the data's 2",
        "id 2 ('b' against 'nothing')",
        remedy);
    assertRefused(
        () -> schema.requireSame(schema(List.of("a", "b"), new Scaling("price", 2, 4))),
        "'price'",
        "deviation=3.0",
        "deviation=4.0",
        remedy);
    assertRefused(
        () -> schema.requireSame(schema(List.of("a", "b"), new Scaling("weight", 2, 3))),
        "item fields are [item_id, price], the data's [item_id, weight]",
        remedy);
  }

  @Test
  void needsAFieldOfTheItemsAndDistinctNames() {
    assertRefused(
        () -> new Schema(List.of(), List.of(price), List.of(), List.of()), "field of the items");
    assertRefused(
        () -> new Schema(List.of(), List.of(), List.of(), List.of(price, price)),
        "item field 'price' twice");
    Vocabulary same = new Vocabulary("price", List.of());
    assertRefused(
        () -> new Schema(List.of(same), List.of(price), List.of(), List.of(price)),
        "user field 'price' twice");
    assertTrue(schema.toString().contains("item_id (3 ids)"), schema.toString());
  }
}
