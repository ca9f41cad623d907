package org.eglr.rerank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.eglr.Evaluator;
import org.eglr.ModelFileException;
import org.eglr.Ranking;
import org.eglr.Rerankers;
import org.eglr.data.DataException;
import org.eglr.data.Datasets;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.metrics.Comparison;
import org.eglr.reasoning.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Models as a reader writes them; the guide's page own-reranker.md has the same. */
class OwnRerankerTest {

  private static final Splits DATA =
      Simulator.preset("ad")
          .users(100)
          .items(100)
          .lists(500)
          .listLength(4)
          .pool(6)
          .seed(3)
          .log()
          .split(0.7, 0.1, 0.2);

  @TempDir Path folder;

  record Contrast(int width) implements ScoringModel {
    @Override
    public String name() {
      return "contrast";
    }

    @Override
    public SDVariable scores(ModelGraph g) {
      SDVariable x = g.relu(g.dense("hidden", g.candidates(), g.width(), width));
      SDVariable count = g.sd().sum(g.mask(), true, 1);
      SDVariable mean = g.weighted(g.mask().div(count), x, width);
      return g.byList(g.dense("score", x.sub(g.each(mean)), width, 1));
    }

    @Override
    public SDVariable loss(ModelGraph g, SDVariable scores) {
      return Losses.listwise(g, scores);
    }
  }

  record Writer(int width, boolean reinforced) implements StepModel {
    @Override
    public String name() {
      return "writer";
    }

    @Override
    public State start(ModelGraph g) {
      return State.of(g.zeros(g.batch(), width));
    }

    @Override
    public SDVariable logits(ModelGraph g, State state) {
      SDVariable e = g.once("e", () -> g.dense("encoder", g.candidates(), g.width(), width));
      return g.match(e, g.dense("query", state.get(0), width, width), width);
    }

    @Override
    public State advance(ModelGraph g, State state, SDVariable vector) {
      return State.of(g.gru("memory", vector, state.get(0), g.width(), width));
    }

    @Override
    public List<TrainingStage> stages() {
      return List.of(
          reinforced
              ? TrainingStage.reinforced(2, Credit.groupRelative(), Losses::policyGradient)
              : TrainingStage.supervised(Rollout.CLICKED_FIRST, Losses::imitation));
    }
  }

  @Test
  void one_that_scores_is_trained_compared_and_saved() {
    LearnedReranker mine = Rerankers.of(DATA.schema(), new Contrast(8)).embedding(4).build();
    mine.train(DATA, t -> t.epochs(1));
    Comparison comparison = Rerankers.compare(DATA.test(), Rerankers.initialOrder(), mine);
    assertEquals("contrast", comparison.reports().get(1).model());
    Path file = folder.resolve("contrast.eglr");
    mine.save(file);
    LearnedReranker again = Rerankers.load(file, new Contrast(8));
    assertArrayEquals(
        mine.rerank(DATA.test().request(0)).order(), again.rerank(DATA.test().request(0)).order());
    assertTrue(
        assertThrows(ModelFileException.class, () -> Rerankers.load(file))
            .getMessage()
            .endsWith(
                "is of 'contrast', a model of somebody's own: bring its definition along,"
                    + " Rerankers.load(file, model)"));
    assertThrows(ModelFileException.class, () -> Rerankers.load(file, new Contrast(9)));
    assertTrue(
        assertThrows(ModelFileException.class, () -> Rerankers.load(file, new Writer(8, false)))
            .getMessage()
            .endsWith("is of the model 'contrast', not of 'writer'"));
  }

  @Test
  void one_that_writes_takes_the_module_and_joins_the_catalogue() {
    LearnedReranker mine =
        Rerankers.of(DATA.schema(), new Writer(8, false))
            .embedding(4)
            .withReasoning(r -> r.maxSteps(2).gate(Gate.always()))
            .build();
    mine.train(DATA, t -> t.epochs(1));
    Ranking ranking = mine.rerank(DATA.test().request(0));
    assertEquals(2 * ranking.order().length, ranking.trace().reasoningSteps());
    RerankerCatalog.register(
        new RerankerKind(
            "writer",
            "writes",
            Set.of(),
            true,
            in -> Rerankers.of(in.schema(), new Writer(4, false)).seed(in.seed()).build()));
    assertTrue(RerankerCatalog.named("writer").learns());
  }

  @Test
  void one_that_an_evaluator_teaches_says_so_when_there_is_none() {
    LearnedReranker alone = Rerankers.of(DATA.schema(), new Writer(8, true)).build();
    assertEquals(
        "writer learns from what an evaluator says of its lists, and has none: give it one that is"
            + " trained",
        assertThrows(IllegalStateException.class, () -> alone.train(DATA)).getMessage());
    Evaluator evaluator = Evaluator.builder(DATA.schema()).width(8).heads(2).build();
    LearnedReranker early = Rerankers.of(evaluator, new Writer(8, true)).build();
    assertEquals(
        "writer learns from an evaluator that is not trained: call its train first",
        assertThrows(IllegalStateException.class, () -> early.train(DATA)).getMessage());
  }

  @Test
  void last_serves_only_with_an_evaluator() {
    Evaluator evaluator = Evaluator.builder(DATA.schema()).width(8).heads(2).build();
    evaluator.train(DATA, t -> t.epochs(1));
    LearnedReranker last =
        Rerankers.last(evaluator).model(m -> m.width(8).memory(4)).embedding(4).build();
    last.train(DATA.train().range(0, 64), t -> t.reinforcedEpochs(1));
    LearnedReranker plain =
        Rerankers.cmr(evaluator).model(m -> m.width(8).memory(4)).embedding(4).build();
    plain.train(DATA.train().range(0, 64), t -> t.reinforcedEpochs(1));
    for (int list = 0; list < 40; list++) { // the same training: what it serves is never worse
      double first = plain.rerank(DATA.test().request(list)).score();
      double served = last.rerank(DATA.test().request(list)).score();
      assertTrue(served >= first - 1e-6, list + ": " + first + " to " + served);
    }
    Path file = folder.resolve("last.eglr");
    last.save(file);
    assertEquals(
        "LAST chooses lists by an evaluator, and has none that is trained: Rerankers.load(file,"
            + " evaluator)",
        assertThrows(
                IllegalStateException.class,
                () -> Rerankers.load(file).rerank(DATA.test().request(0)))
            .getMessage());
  }

  /** Items of one kind are clicked, so that clicks want them together and diversity apart. */
  @Test
  void cmr_turns_from_clicks_to_diversity() {
    Splits lists = twoKinds();
    Evaluator evaluator = Evaluator.builder(lists.schema()).width(8).heads(2).members(1).build();
    evaluator.train(lists, t -> t.epochs(6).learningRate(5e-3));
    LearnedReranker cmr =
        Rerankers.cmr(evaluator)
            .model(m -> m.width(16).memory(8).samples(4).diversity("kind"))
            .embedding(4)
            .build();
    cmr.train(lists, t -> t.reinforcedEpochs(20).learningRate(5e-3));
    double clicks = apart(cmr, lists);
    double diversity = apart(cmr.withDial("clicks", 0), lists);
    assertTrue(clicks < 0.2 && diversity > 0.9, clicks + " to " + diversity);
    assertEquals(
        "setting 'clicks' is 2.0; allowed: 0 to 1",
        assertThrows(IllegalArgumentException.class, () -> cmr.withDial("clicks", 2)).getMessage());
    assertTrue(
        assertThrows(
                DataException.class,
                () -> Rerankers.cmr(evaluator).model(m -> m.diversity("colour")).build())
            .getMessage()
            .startsWith("CMR's diversity is by the field 'colour', which items do not have"));
  }

  private static Splits twoKinds() {
    SplittableRandom random = new SplittableRandom(4);
    StringColumn list = StringColumn.create("list");
    StringColumn item = StringColumn.create("item");
    StringColumn kind = StringColumn.create("kind");
    IntColumn click = IntColumn.create("click");
    for (int l = 0; l < 400; l++) {
      int first = random.nextInt(2);
      for (int k = 0; k < 4; k++) {
        boolean liked = (k + first) % 2 == 0;
        list.append("list " + l);
        item.append((liked ? "a" : "b") + random.nextInt(5) + "." + k);
        kind.append(liked ? "a" : "b");
        click.append(random.nextDouble() < (liked ? 0.8 : 0.1) ? 1 : 0);
      }
    }
    return Datasets.table(
            Table.create("two kinds", list, item, kind, click),
            c -> c.list("list").item("item").itemFields("kind").clicked("click"))
        .split(0.8, 0.1, 0.1);
  }

  /** Share of lists whose first two items are of different kinds. */
  private static double apart(LearnedReranker reranker, Splits lists) {
    int apart = 0;
    for (int l = 0; l < lists.test().size(); l++) {
      String[] labels = reranker.rerank(lists.test().request(l)).labels().toArray(String[]::new);
      apart += labels[0].charAt(0) != labels[1].charAt(0) ? 1 : 0;
    }
    return (double) apart / lists.test().size();
  }
}
