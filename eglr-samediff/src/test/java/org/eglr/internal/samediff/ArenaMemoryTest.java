package org.eglr.internal.samediff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

class ArenaMemoryTest {

  private static final LongShapeDescriptor SMALL =
      LongShapeDescriptor.fromShape(new long[] {2, 5}, DataType.FLOAT);
  private static final LongShapeDescriptor OTHER =
      LongShapeDescriptor.fromShape(new long[] {5, 2}, DataType.FLOAT);

  @Test
  void arrays_are_used_again_when_released_or_when_the_action_ends() {
    try (ArenaMemory memory = new ArenaMemory(1000)) {
      INDArray first =
          memory.use(
              () -> {
                INDArray one = memory.allocate(SMALL);
                assertNotSame(one, memory.allocate(SMALL));
                memory.release(one);
                assertSame(one, memory.allocate(SMALL));
                return one;
              });
      assertEquals(80, memory.bytes());
      assertTrue(
          memory.use(() -> first == memory.allocate(SMALL) | first == memory.allocate(SMALL)));
    }
  }

  /** A run that needs more than the limit must not pay for fresh memory every time. */
  @Test
  void beyond_the_limit_only_the_last_run_s_arrays_are_kept() {
    try (ArenaMemory memory = new ArenaMemory(50)) {
      INDArray old = memory.use(() -> memory.allocate(OTHER));
      INDArray[] kept = new INDArray[2];
      for (int run = 0; run < 3; run++) {
        INDArray before = kept[0];
        memory.use(
            () -> {
              kept[0] = memory.allocate(SMALL);
              kept[1] = memory.allocate(SMALL);
              memory.release(kept[0]);
              return null;
            });
        assertTrue(before == null || before == kept[0] || before == kept[1]);
        assertEquals(80, memory.bytes());
      }
      assertTrue(old.wasClosed());
      assertFalse(kept[0].wasClosed());
    }
  }

  @Test
  void transposed_matrices_share_their_values() {
    try (ArenaMemory memory = new ArenaMemory(1000)) {
      memory.use(
          () -> {
            INDArray matrix = memory.allocate(SMALL).assign(0);
            memory.transposed(matrix).putScalar(4, 1, 7);
            assertEquals(7, matrix.getDouble(1, 4));
            assertSame(memory.transposed(matrix), memory.transposed(matrix));
            return null;
          });
    }
  }
}
