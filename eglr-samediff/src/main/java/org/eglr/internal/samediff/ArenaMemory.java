package org.eglr.internal.samediff;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.eglr.internal.work.Workers;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph's memory for intermediate arrays, used again run after run. What is left to the garbage
 * collector is seldom freed, because the heap hardly grows; fresh memory then costs several times
 * what the arithmetic costs. Here a run's intermediate arrays are free when its last operation on
 * them is done, and its results when the action is that it was part of.
 */
public final class ArenaMemory implements AutoCloseable {

  /** Bytes that one kind of graph keeps in the computer's memory, all workers together. */
  private static final long HOST_BYTES = 1L << 30;

  /** Part of a card's memory that one of the few graphs there keeps: freeing waits for the card. */
  private static final long DEVICE_PART = 8;

  private final Map<Pair<DataType, String>, Deque<INDArray>> free = new HashMap<>();
  private final Set<INDArray> used = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<INDArray> touched = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<INDArray, INDArray> transposed = new IdentityHashMap<>();
  private final long limit;
  private long bytes;

  public ArenaMemory() {
    this(Backend.onHost() ? HOST_BYTES / Workers.shared().size() : Gpu.memory() / DEVICE_PART);
  }

  ArenaMemory(long limit) {
    this.limit = limit;
  }

  /** Does something with the memory; all arrays of it are free afterwards. */
  public <T> T use(Supplier<T> action) {
    try {
      return action.get();
    } finally {
      recycle();
    }
  }

  /** Bytes in use and kept. */
  long bytes() {
    return bytes;
  }

  /** Beyond the limit only what the last action needed is kept. */
  private void recycle() {
    used.forEach(this::free);
    used.clear();
    if (bytes > limit) {
      free.values().forEach(arrays -> arrays.removeIf(this::closeUntouched));
      free.values().removeIf(Deque::isEmpty);
    }
    touched.clear();
  }

  private boolean closeUntouched(INDArray array) {
    if (touched.contains(array)) {
      return false;
    }
    bytes -= bytes(array);
    transposed.remove(array);
    array.close();
    return true;
  }

  private void free(INDArray array) {
    free.computeIfAbsent(key(array.dataType(), array.shape()), k -> new ArrayDeque<>()).add(array);
  }

  /** Frees an array before its run ends. */
  void release(INDArray array) {
    if (used.remove(array)) {
      free(array);
    }
  }

  /** Whether an array in use is of this memory. */
  boolean owns(INDArray array) {
    return used.contains(array);
  }

  /** A matrix of this memory, transposed; shares the values. */
  INDArray transposed(INDArray matrix) {
    return transposed.computeIfAbsent(matrix, m -> m.permute(1, 0));
  }

  /** An array of undefined content. */
  INDArray allocate(LongShapeDescriptor wanted) {
    if (wanted.isEmpty()) {
      return Nd4j.create(wanted);
    }
    Deque<INDArray> arrays = free.get(key(wanted.dataType(), wanted.getShape()));
    INDArray array = arrays == null ? null : arrays.poll();
    if (array == null || array.wasClosed()) {
      array = Nd4j.createUninitializedDetached(wanted.dataType(), wanted.getShape());
      bytes += bytes(array);
    }
    used.add(array);
    touched.add(array);
    return array;
  }

  @Override
  public void close() {
    free.values().forEach(arrays -> arrays.forEach(INDArray::close));
    free.clear();
    transposed.clear();
    bytes = 0;
  }

  private static Pair<DataType, String> key(DataType type, long[] shape) {
    return Pair.of(type, Arrays.toString(shape));
  }

  private static long bytes(INDArray array) {
    return array.length() * array.dataType().width();
  }
}
