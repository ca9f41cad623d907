package org.eglr.internal.samediff;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Moves arrays between Java and ND4J. */
public final class Backend {

  private static final boolean HOST_MEMORY;

  static {
    // The first use of Nd4j loads the backend; other entry points fail when they come first.
    HOST_MEMORY = name().equals("CpuBackend");
  }

  private Backend() {}

  /** ND4J's name of the backend that it chose: CpuBackend or JCublasBackend. */
  static String name() {
    return Nd4j.getBackend().getClass().getSimpleName();
  }

  /** ND4J's release. */
  public static String version() {
    Properties properties = new Properties();
    try (InputStream in =
        Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("ND4J's properties cannot be read", e);
    }
    return properties.getProperty("version", "unknown");
  }

  /** Whether arrays lie in the computer's own memory, rather than on a GPU. */
  public static boolean onHost() {
    return HOST_MEMORY;
  }

  /** Returns when the device has done all that this thread asked of it. */
  public static void await() {
    Nd4j.getExecutioner().commit();
  }

  /** The backend and its BLAS, after a small product was computed on it. */
  public static String describe() {
    INDArray ones = Nd4j.ones(DataType.FLOAT, 8, 8);
    float sum = ones.mmul(ones).getFloat(7, 7);
    if (sum != 8) {
      throw new IllegalStateException("a product of ones gives %s instead of 8".formatted(sum));
    }
    String blas = Nd4j.getExecutioner().getEnvironmentInformation().getProperty("blas.vendor");
    return name() + ", " + blas;
  }

  /** A new array of the type with the values; the shape's product is the number of values. */
  public static INDArray array(DataType type, float[] values, long... shape) {
    return cast(Nd4j.create(values, shape, 'c'), type);
  }

  public static INDArray array(DataType type, double[] values, long... shape) {
    return cast(Nd4j.create(values, shape, 'c'), type);
  }

  private static INDArray cast(INDArray array, DataType type) {
    if (array.dataType() == type) {
      return array;
    }
    try (array) {
      return array.castTo(type);
    }
  }

  /** The values in row-major order. */
  public static float[] floats(INDArray array) {
    INDArray rows = rowMajor(array);
    if (HOST_MEMORY && rows.dataType() == DataType.FLOAT) {
      float[] values = new float[(int) rows.length()];
      memory(rows).get(values);
      return values;
    }
    try (INDArray copy = rows == array ? rows.dup('c') : rows) {
      return copy.data().asFloat();
    }
  }

  /** Where a plain array of single precision lies in the computer's own memory. */
  static FloatPointer memory(INDArray array) {
    return new FloatPointer(array.data().addressPointer()).position(0);
  }

  /** The values in row-major order. */
  public static double[] doubles(INDArray array) {
    if (array.dataType() == DataType.FLOAT) {
      float[] floats = floats(array);
      double[] values = new double[floats.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = floats[i];
      }
      return values;
    }
    INDArray rows = rowMajor(array);
    if (HOST_MEMORY && rows.dataType() == DataType.DOUBLE) {
      double[] values = new double[(int) rows.length()];
      new DoublePointer(rows.data().addressPointer()).position(0).get(values);
      return values;
    }
    try (INDArray copy = rows == array ? rows.dup('c') : rows) {
      return copy.data().asDouble();
    }
  }

  private static INDArray rowMajor(INDArray array) {
    boolean plain = array.ordering() == 'c' && !array.isView() && array.elementWiseStride() == 1;
    return plain ? array : array.dup('c');
  }
}
