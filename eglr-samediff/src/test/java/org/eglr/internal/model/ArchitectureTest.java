package org.eglr.internal.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void a_table_beyond_an_array_is_refused_in_plain_words() {
    assertDoesNotThrow(() -> Architecture.requireFits("item", 134_217_727, 16));
    assertEquals(
        "the embedding table of field 'item' would have 134,217,728 ids x 16 = 2,147,483,648"
            + " values; allowed: 2,147,483,639. Set a smaller embedding width, or merge rare"
            + " values of the field",
        assertThrows(
                IllegalArgumentException.class,
                () -> Architecture.requireFits("item", 134_217_728, 16))
            .getMessage());
  }
}
