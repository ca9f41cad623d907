package org.eglr.internal.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of the evaluator or of the generator, in a fixed order. */
public final class Weights {

  private static final String MEMBERS = "members.";

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  public Weights(Collection<Tensor> all) {
    for (Tensor tensor : all) {
      tensors.put(tensor.name(), tensor);
    }
  }

  public Collection<Tensor> all() {
    return tensors.values();
  }

  /** The embedding tables. */
  public List<Tensor> tables() {
    return tensors.values().stream().filter(Tensor::table).toList();
  }

  /** Everything but the embedding tables: what the graphs hold as variables. */
  public List<Tensor> dense() {
    return tensors.values().stream().filter(tensor -> !tensor.table()).toList();
  }

  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no parameter '" + name + "'");
    }
    return tensor;
  }

  public float[] data(String name) {
    return get(name).data();
  }

  public long size() {
    return tensors.values().stream().mapToLong(tensor -> tensor.data().length).sum();
  }

  public Weights copy() {
    return new Weights(tensors.values().stream().map(Tensor::copy).toList());
  }

  /** Parameters of the same names and shapes, all 0. */
  public Weights zeros() {
    return new Weights(
        tensors.values().stream()
            .map(t -> new Tensor(t.name(), t.shape(), new float[t.data().length], t.table()))
            .toList());
  }

  /** Copies the values of all parameters that both have. */
  public void setFrom(Weights other) {
    for (Tensor tensor : tensors.values()) {
      Tensor source = other.tensors.get(tensor.name());
      if (source != null) {
        System.arraycopy(source.data(), 0, tensor.data(), 0, tensor.data().length);
      }
    }
  }

  /** Whether all values are those of parameters of the same names and shapes. */
  public boolean sameValues(Weights other) {
    return tensors.values().stream()
        .allMatch(tensor -> Arrays.equals(tensor.data(), other.data(tensor.name())));
  }

  /** The feature extractor (eq. 9): the same parameters, not copies. */
  public Weights features() {
    return new Weights(
        tensors.values().stream().filter(t -> t.name().startsWith("features.")).toList());
  }

  /**
   * The parameters of several networks of the same parameters: the first's as they are called, the
   * others' as {@code members.2.NAME} and so on.
   */
  public static Weights ofMembers(List<Weights> members) {
    List<Tensor> all = new ArrayList<>(members.get(0).all());
    for (int m = 1; m < members.size(); m++) {
      all.addAll(join(Map.of(prefix(m), members.get(m))).all());
    }
    return new Weights(all);
  }

  /**
   * One member's parameters by their usual names: the same values, not copies.
   *
   * @param member 0-based
   */
  public Weights member(int member) {
    if (tensors.keySet().stream().noneMatch(name -> name.startsWith(MEMBERS))) {
      return this;
    }
    String prefix = member == 0 ? "" : prefix(member) + ".";
    return new Weights(
        tensors.values().stream()
            .filter(t -> member == 0 ? !t.name().startsWith(MEMBERS) : t.name().startsWith(prefix))
            .map(
                t ->
                    new Tensor(t.name().substring(prefix.length()), t.shape(), t.data(), t.table()))
            .toList());
  }

  private static String prefix(int member) {
    return MEMBERS + (member + 1);
  }

  /** These parameters and another's under new names. */
  public static Weights join(Map<String, Weights> parts) {
    List<Tensor> all = new ArrayList<>();
    parts.forEach(
        (prefix, weights) ->
            weights
                .all()
                .forEach(
                    t ->
                        all.add(
                            new Tensor(prefix + "." + t.name(), t.shape(), t.data(), t.table()))));
    return new Weights(all);
  }
}
