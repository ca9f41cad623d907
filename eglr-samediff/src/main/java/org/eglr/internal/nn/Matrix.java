package org.eglr.internal.nn;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A small dense matrix in double precision, row-major, for combining weights. */
record Matrix(int rows, int columns, double[] values) {

  Matrix(int rows, int columns) {
    this(rows, columns, new double[rows * columns]);
  }

  static Matrix of(float[] data, int rows, int columns) {
    return new Matrix(rows, columns, doubles(data));
  }

  private static double[] doubles(float[] data) {
    double[] values = new double[data.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = data[i];
    }
    return values;
  }

  /** A linear layer's weight [out, in] as [in, out]. */
  static Matrix transposed(Tensor weight) {
    int out = weight.shape()[0];
    int in = weight.shape()[1];
    Matrix m = new Matrix(in, out);
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        m.values[i * out + o] = weight.data()[o * in + i];
      }
    }
    return m;
  }

  static Matrix diagonal(float[] data) {
    Matrix m = new Matrix(data.length, data.length);
    for (int i = 0; i < data.length; i++) {
      m.values[i * data.length + i] = data[i];
    }
    return m;
  }

  static Matrix identity(int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    return diagonal(ones);
  }

  Matrix slice(int from, int to) {
    return new Matrix(to - from, columns, Arrays.copyOfRange(values, from * columns, to * columns));
  }

  Matrix times(Matrix other) {
    Matrix product = new Matrix(rows, other.columns);
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < columns; i++) {
        double a = values[r * columns + i];
        for (int c = 0; c < other.columns; c++) {
          product.values[r * other.columns + c] += a * other.values[i * other.columns + c];
        }
      }
    }
    return product;
  }

  /** Adds a row to every row. */
  Matrix plus(Matrix row) {
    Matrix sum = new Matrix(rows, columns, values.clone());
    for (int i = 0; i < values.length; i++) {
      sum.values[i] += row.values[i % columns];
    }
    return sum;
  }

  Matrix scaled(double factor) {
    return new Matrix(rows, columns, Arrays.stream(values).map(v -> v * factor).toArray());
  }

  /** Subtracts from every row its mean. */
  Matrix centred() {
    Matrix centred = new Matrix(rows, columns, values.clone());
    for (int r = 0; r < rows; r++) {
      double mean = Arrays.stream(values, r * columns, (r + 1) * columns).average().orElseThrow();
      for (int c = 0; c < columns; c++) {
        centred.values[r * columns + c] -= mean;
      }
    }
    return centred;
  }

  Matrix beside(Matrix other) {
    Matrix both = new Matrix(rows, columns + other.columns);
    for (int r = 0; r < rows; r++) {
      int to = r * both.columns;
      System.arraycopy(values, r * columns, both.values, to, columns);
      System.arraycopy(other.values, r * other.columns, both.values, to + columns, other.columns);
    }
    return both;
  }

  Matrix above(Matrix other) {
    Matrix both =
        new Matrix(
            rows + other.rows, columns, Arrays.copyOf(values, values.length + other.values.length));
    System.arraycopy(other.values, 0, both.values, values.length, other.values.length);
    return both;
  }

  /** A new float array of a shape with as many values. */
  INDArray array(long... shape) {
    return Backend.array(DataType.FLOAT, values, shape);
  }
}
