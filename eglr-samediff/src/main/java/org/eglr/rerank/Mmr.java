package org.eglr.rerank;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.Ranking;
import org.eglr.Reranker;
import org.eglr.data.Request;
import org.eglr.data.Scaling;
import org.eglr.data.Schema;
import org.eglr.data.Vocabulary;
import org.eglr.internal.check.Setting;

/**
 * Maximal marginal relevance (Carbonell and Goldstein, 1998): writes the list item by item, each
 * time the candidate i with the largest
 *
 * <pre>lambda * relevance(i) - (1 - lambda) * max over chosen j of similarity(i, j)</pre>
 *
 * <p>Relevance is any score of candidates, brought to 0 to 1 within the pool, so that lambda means
 * the same whatever the scores' scale. Similarity is Gower's (1971), 0 to 1: the mean over the
 * item's fields of 1 where two ids are equal, else 0, and of {@code 1 - |x - y| / 4}, at least 0,
 * for dense values in standard deviations. Equals go to the candidate of lower index.
 */
public final class Mmr implements Reranker {

  /** Standard deviations that are as far apart as it gets. */
  private static final double FAR = 4;

  private final CandidateScorer relevance;
  private final double lambda;
  private final List<String> fields;

  private Mmr(CandidateScorer relevance, double lambda, List<String> fields) {
    this.relevance = relevance;
    this.lambda = lambda;
    this.fields = fields;
  }

  /** With lambda 0.7 and all of the items' fields. */
  public Mmr(CandidateScorer relevance) {
    this(relevance, 0.7, List.of());
  }

  /** The same with another weight of relevance: 0, diversity alone, to 1, relevance alone. */
  public Mmr lambda(double value) {
    Setting.require(value >= 0 && value <= 1, "lambda", value, "0 to 1");
    return new Mmr(relevance, value, fields);
  }

  /** The same with similarity by some of the items' fields alone; at least one. */
  public Mmr fields(String... names) {
    Setting.require(names.length > 0, "fields", "none", "at least one field of the items");
    return new Mmr(relevance, lambda, List.of(names));
  }

  @Override
  public String name() {
    return "MMR";
  }

  @Override
  public boolean trained() {
    return !(relevance instanceof Reranker model) || model.trained();
  }

  @Override
  public Ranking rerank(Request request) {
    return rerank(List.of(request)).get(0);
  }

  @Override
  public List<Ranking> rerank(List<Request> requests) {
    List<double[]> scores = relevance.scores(requests);
    return IntStream.range(0, requests.size())
        .mapToObj(r -> Ranking.of(requests.get(r), order(requests.get(r), scores.get(r))))
        .toList();
  }

  private int[] order(Request request, double[] scores) {
    double[] relevances = zeroToOne(scores);
    int[] categories = categories(request.schema());
    int[] values = values(request.schema());
    double[] nearest = new double[request.pool()]; // to the chosen ones, 0 before there are any
    boolean[] chosen = new boolean[request.pool()];
    int[] order = new int[request.length()];
    for (int k = 0; k < order.length; k++) {
      int best = -1;
      double highest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < chosen.length; i++) {
        double worth = lambda * relevances[i] - (1 - lambda) * nearest[i];
        if (!chosen[i] && worth > highest) {
          best = i;
          highest = worth;
        }
      }
      order[k] = best;
      chosen[best] = true;
      for (int i = 0; i < chosen.length; i++) {
        nearest[i] = Math.max(nearest[i], similarity(request, i, best, categories, values));
      }
    }
    return order;
  }

  private static double[] zeroToOne(double[] scores) {
    double least = Arrays.stream(scores).min().orElse(0);
    double range = Arrays.stream(scores).max().orElse(0) - least;
    return Arrays.stream(scores).map(s -> range == 0 ? 0 : (s - least) / range).toArray();
  }

  /**
   * Gower's similarity of two candidates by this re-ranker's fields, 0 to 1.
   *
   * @param i index into the request's pool
   * @param j index into the request's pool
   */
  public double similarity(Request request, int i, int j) {
    return similarity(request, i, j, categories(request.schema()), values(request.schema()));
  }

  private static double similarity(Request request, int i, int j, int[] categories, int[] values) {
    int idWidth = request.schema().itemCategories().size();
    int valueWidth = request.schema().itemValues().size();
    int[] ids = request.itemIds();
    float[] dense = request.itemValues();
    double sum = 0;
    for (int f : categories) {
      sum += ids[i * idWidth + f] == ids[j * idWidth + f] ? 1 : 0;
    }
    for (int f : values) {
      double apart = Math.abs(dense[i * valueWidth + f] - dense[j * valueWidth + f]);
      sum += Math.max(0, 1 - apart / FAR);
    }
    return sum / (categories.length + values.length);
  }

  private int[] categories(Schema schema) {
    return chosen(schema.itemCategories().stream().map(Vocabulary::field).toList(), schema);
  }

  private int[] values(Schema schema) {
    return chosen(schema.itemValues().stream().map(Scaling::field).toList(), schema);
  }

  /** The places of this re-ranker's fields among some names. */
  private int[] chosen(List<String> names, Schema schema) {
    for (String field : fields) {
      boolean known =
          schema.itemCategories().stream().anyMatch(v -> v.field().equals(field))
              || schema.itemValues().stream().anyMatch(s -> s.field().equals(field));
      if (!known) {
        throw new IllegalArgumentException(
            "the items have no field '%s'; the schema is %s".formatted(field, schema));
      }
    }
    return IntStream.range(0, names.size())
        .filter(f -> fields.isEmpty() || fields.contains(names.get(f)))
        .toArray();
  }
}
