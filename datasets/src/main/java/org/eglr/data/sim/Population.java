package org.eglr.data.sim;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.eglr.data.Entities;

/**
 * The users and items of a simulation: codes of their categorical fields and standard normal values
 * of their dense ones, row by row.
 */
final class Population {

  final int[] segment;
  final int[] level;
  final int[] group;
  final double[] trait;
  final int[] category;
  final int[] maker;
  final double[] value;
  final double[] quality;
  final double[] hidden;

  Population(Preset preset, int users, int items, Draws forUsers, Draws forItems) {
    segment = forUsers.below(preset.tastes.segments(), users);
    level = forUsers.below(preset.names.levels().size(), users);
    group = forUsers.below(preset.names.groups().size(), users);
    trait = forUsers.normals(users);
    category = forItems.below(preset.tastes.categories(), items);
    maker = forItems.below(preset.tastes.makers(), items);
    value = forItems.normals(items);
    quality = forItems.normals(items);
    hidden = forItems.normals(items);
  }

  int userCount() {
    return segment.length;
  }

  int itemCount() {
    return category.length;
  }

  /** The users as a log shows them. */
  Entities users(FieldNames names) {
    return Entities.of("users", numbered("user", userCount()))
        .categorical(names.segment(), named(segment, code -> names.segment() + "_" + (code + 1)))
        .categorical(names.level(), named(level, names.levels()::get))
        .categorical(names.group(), named(group, names.groups()::get))
        .dense(names.trait(), shown(trait, Population::skewed))
        .build();
  }

  /** The items as a log shows them; {@link #hidden} stays hidden. */
  Entities items(FieldNames names) {
    String[] keys = numbered(names.item(), itemCount());
    String[] categories = named(category, code -> names.category() + "_" + (code + 1));
    String[] makers = named(maker, code -> names.maker() + "_" + (code + 1));
    String[] labels = new String[keys.length];
    for (int i = 0; i < keys.length; i++) {
      labels[i] = "%s (%s, %s)".formatted(keys[i], categories[i], makers[i]);
    }
    return Entities.of("items", keys)
        .labels(labels)
        .categorical(names.item(), keys)
        .categorical(names.category(), categories)
        .categorical(names.maker(), makers)
        .dense(names.value(), shown(value, Population::skewed))
        .dense(names.quality(), shown(quality, z -> 50 + 10 * z))
        .build();
  }

  private static double skewed(double z) {
    return 40 * StrictMath.exp(0.3 * z);
  }

  private static String[] numbered(String what, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> what + "_" + i).toArray(String[]::new);
  }

  private static String[] named(int[] codes, IntFunction<String> name) {
    return IntStream.of(codes).mapToObj(name).toArray(String[]::new);
  }

  private static double[] shown(double[] values, DoubleUnaryOperator scale) {
    double[] shown = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      shown[i] = Math.round(100 * scale.applyAsDouble(values[i])) / 100.0;
    }
    return shown;
  }
}
