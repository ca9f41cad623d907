package org.eglr.internal.samediff;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * The GPU of this JVM, or why there is none.
 *
 * @param usable whether ND4J computes on it
 * @param found the card, its compute capability and memory; or what is in the way
 * @param remedy what to do about that; empty where it is usable
 */
public record Gpu(boolean usable, String found, String remedy) {

  private static final String CUDA_BACKEND = "org.nd4j.linalg.jcublas.JCublasBackend";

  private static final long UNTOLD = 4L << 30;

  /** Looks once: a backend, once loaded, stays. */
  private static final class Here {
    private static final Gpu GPU = look(CUDA_BACKEND);
  }

  /** The GPU of this JVM. Without a CUDA backend on the class path ND4J is not even loaded. */
  public static Gpu here() {
    return Here.GPU;
  }

  /** Whether this build has a CUDA backend, usable or not. */
  public static boolean inBuild() {
    return Gpu.class.getResource("/" + CUDA_BACKEND.replace('.', '/') + ".class") != null;
  }

  /**
   * Refuses to go on without it.
   *
   * @throws IllegalStateException saying what is in the way and the remedy
   */
  public void require() {
    if (!usable) {
      throw new IllegalStateException(
          "device 'gpu' cannot be used: %s. Remedy: %s; or device 'cpu' or 'auto'"
              .formatted(found, remedy));
    }
  }

  public static Gpu look(String backendClass) {
    Nd4jBackend backend;
    try {
      backend = (Nd4jBackend) Class.forName(backendClass).getDeclaredConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      return GpuTrouble.noBackend();
    } catch (ReflectiveOperationException | LinkageError e) {
      return GpuTrouble.of(e);
    }
    try {
      // First on its own: ND4J skips a backend that cannot run and keeps the reason to itself.
      if (!backend.canRun()) {
        return GpuTrouble.of(new IllegalStateException("the backend cannot run"));
      }
      Backend.describe(); // launches kernels
      if (Backend.onHost()) {
        return GpuTrouble.skipped(Backend.name());
      }
      return new Gpu(true, cards(Nd4j.getExecutioner().getEnvironmentInformation()), "");
    } catch (RuntimeException | LinkageError e) {
      return GpuTrouble.of(e);
    }
  }

  /**
   * Bytes that were free when this was first asked for. Work is cut by it, so that it is cut alike
   * from step to step; otherwise as {@link #freeMemory}, but 4 GiB where ND4J does not tell: with 0
   * it would be cut into single lists.
   */
  public static long memory() {
    return AtFirst.MEMORY;
  }

  private static final class AtFirst {
    private static final long MEMORY = assumed(freeMemory());
  }

  /** What is told, in bytes, or 4 GiB for 0. */
  public static long assumed(long told) {
    return told == 0 ? UNTOLD : told;
  }

  /**
   * Bytes that are free on the card in use; without limit where arrays lie in the computer's own
   * memory, and 0 where ND4J does not tell.
   */
  public static long freeMemory() {
    return Backend.onHost()
        ? Long.MAX_VALUE
        : freeMemory(Nd4j.getExecutioner().getEnvironmentInformation());
  }

  public static long freeMemory(Map<?, ?> environment) {
    Object cards = environment.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY);
    boolean told = cards instanceof List<?> list && !list.isEmpty();
    Object first = told ? ((List<?>) cards).get(0) : null;
    Object free =
        first instanceof Map<?, ?> card ? card.get(Nd4jEnvironment.CUDA_FREE_MEMORY_KEY) : null;
    return free instanceof Number bytes ? bytes.longValue() : 0;
  }

  /** The cards in ND4J's description of its environment. */
  public static String cards(Map<?, ?> environment) {
    Object cards = environment.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY);
    if (!(cards instanceof List<?> list) || list.isEmpty()) {
      return "a card that ND4J does not name";
    }
    return String.join("; ", list.stream().map(card -> card((Map<?, ?>) card)).toList());
  }

  private static String card(Map<?, ?> card) {
    Object total = card.get(Nd4jEnvironment.CUDA_TOTAL_MEMORY_KEY);
    double gib = total instanceof Number bytes ? bytes.doubleValue() / (1L << 30) : Double.NaN;
    return String.format(
        Locale.ROOT,
        "%s, compute capability %s.%s, %.1f GiB",
        card.get(Nd4jEnvironment.CUDA_DEVICE_NAME_KEY),
        card.get(Nd4jEnvironment.CUDA_DEVICE_MAJOR_VERSION_KEY),
        card.get(Nd4jEnvironment.CUDA_DEVICE_MINOR_VERSION_KEY),
        gib);
  }
}
