package org.eglr.data.sim;

import java.util.Arrays;
import java.util.List;

/** A kind of data with its calibrated constants; {@link Simulator} says what each stands for. */
enum Preset {
  AD(
      "ad",
      FieldNames.AD,
      new Tastes(6, 10, 20, -1.9, 1.6, 0.2, 0, 0.8, 0.3, 0.8, 0.2),
      new Settings(1_000, 400, 10_000, 10, 10, null, 0.6, 1.0, 0.5, 7),
      Preset::pairs),
  KUAIRAND(
      "kuairand",
      FieldNames.KUAIRAND,
      new Tastes(6, 12, 40, 0.0, 1.4, 0.2, 0.5, 0.7, 0.3, 0.7, 0.2),
      new Settings(1_000, 500, 10_000, 10, 10, null, 0.3, 1.0, 0.5, 7),
      Preset::pairs),
  MISLEADING(
      "misleading",
      FieldNames.AD,
      new Tastes(6, 10, 20, -3.2, 0.8, 0.2, 0, 0.4, 0.5, 0.5, 1.5),
      new Settings(1_000, 400, 10_000, 10, 10, 30, 0.6, 1.0, 0.0, 7),
      Preset::pairs),
  ALIKE(
      "alike",
      FieldNames.AD,
      new Tastes(6, 10, 20, -1.5, 1.6, 0.2, 0, 0.8, 0.3, 0.8, 0.2),
      new Settings(1_000, 400, 10_000, 10, 10, null, 0.6, 1.0, 0.5, 7),
      (tastes, population, draws) -> new EarlierSimilarity(population)),
  PRICES(
      "prices",
      FieldNames.AD,
      new Tastes(6, 10, 20, -1.9, 1.6, 0.2, 0, 0.8, 0.3, 0.8, 0.2),
      new Settings(1_000, 400, 10_000, 10, 10, null, 0.6, 1.0, 0.5, 7),
      (tastes, population, draws) -> new FatigueAndAnchor(population)),
  TOGETHER(
      "together",
      FieldNames.AD,
      new Tastes(6, 8, 20, -1.8, 1.6, 0.2, 0, 0.8, 0.3, 0.8, 0.2),
      new Settings(1_000, 400, 10_000, 10, 10, null, 0.6, 1.0, 0.5, 7),
      (tastes, population, draws) -> new WhatGoesTogether(population, tastes.categories(), draws));

  /** Draws a world's effects between items. */
  @FunctionalInterface
  interface Effects {
    ListEffects of(Tastes tastes, Population population, Draws draws);
  }

  final String key;
  final FieldNames names;
  final Tastes tastes;
  final Settings defaults;
  final Effects effects;

  Preset(String key, FieldNames names, Tastes tastes, Settings defaults, Effects effects) {
    this.key = key;
    this.names = names;
    this.tastes = tastes;
    this.defaults = defaults;
    this.effects = effects;
  }

  private static ListEffects pairs(Tastes tastes, Population population, Draws draws) {
    return new PairEffects(population, tastes.categories(), draws);
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(preset -> preset.key).toList();
  }

  static Preset of(String key) {
    List<String> keys = keys();
    int index = keys.indexOf(key);
    Settings.require(index >= 0, "preset", key, String.join(", ", keys));
    return values()[index];
  }
}
