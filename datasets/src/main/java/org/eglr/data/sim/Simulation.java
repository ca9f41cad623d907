package org.eglr.data.sim;

import java.util.Arrays;
import org.eglr.data.ListLog;

/** Draws a world and the lists shown in it. */
final class Simulation {

  private final Settings settings;
  private final NeighbourClickModel truth;
  private final LoggingPolicy policy;
  private final Draws draws;
  private final int[] items;

  private Simulation(Settings settings, NeighbourClickModel truth, LoggingPolicy policy, Draws d) {
    this.settings = settings;
    this.truth = truth;
    this.policy = policy;
    draws = d;
    items = new int[settings.items()];
    Arrays.setAll(items, item -> item);
  }

  static ListLog run(Preset preset, Settings settings) {
    Draws seed = new Draws(settings.seed());
    Draws forTastes = seed.fork();
    Population population =
        new Population(preset, settings.users(), settings.items(), seed.fork(), seed.fork());
    Draws forLists = seed.fork();
    Attraction attraction = new Attraction(preset, population, forTastes);
    ListEffects effects = preset.effects.of(preset.tastes, population, forTastes);
    NeighbourClickModel truth =
        new NeighbourClickModel(
            population, attraction, effects, settings.positionBias(), settings.neighbourEffects());
    LoggingPolicy policy =
        new LoggingPolicy(attraction, settings.items(), settings.exploration(), forLists);
    ListLog.Builder log =
        ListLog.builder(
            "simulated '%s', seed %d".formatted(preset.key, settings.seed()),
            population.users(preset.names),
            population.items(preset.names));
    Simulation simulation = new Simulation(settings, truth, policy, forLists);
    for (int list = 0; list < settings.lists(); list++) {
      simulation.show(list, log);
    }
    return log.build(truth);
  }

  private void show(int list, ListLog.Builder log) {
    int user = draws.below(settings.users());
    int length = settings.shortest() + draws.below(settings.longest() - settings.shortest() + 1);
    int candidates = settings.pool() == null ? length : settings.pool();
    draws.shuffleFront(items, candidates);
    int[] pool = Arrays.copyOf(items, candidates);
    policy.order(pool);
    double[] probabilities = truth.clickProbabilities(user, Arrays.copyOf(pool, length));
    boolean[] clicks = new boolean[length];
    for (int k = 0; k < length; k++) {
      clicks[k] = draws.uniform() < probabilities[k];
    }
    log.add(user, list, pool, clicks);
  }
}
