package org.eglr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eglr.data.ListLog;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.sim.Simulator;
import org.junit.jupiter.api.Test;

/** Measuring holds a few numbers a list, not its request, candidates and decisions. */
class EvaluationMemoryTest {

  private static final int LISTS = 60_000;

  /** A log of many lists that are cheap to make. */
  private static ListSet many() {
    ListLog some = Simulator.adLike().lists(50).listLength(5).pool(10).seed(2).log();
    ListLog.Builder log = ListLog.builder("many", some.users(), some.items());
    boolean[] clicks = {false, true, false, false, false};
    for (int list = 0; list < LISTS; list++) {
      int from = list % 50;
      int[] pool = IntStream.range(0, 10).map(i -> some.candidate(from, i)).toArray();
      log.add(list % some.users().size(), list, pool, clicks);
    }
    return log.build().split(new int[] {0}, new int[0], IntStream.range(1, LISTS).toArray()).test();
  }

  /** Runs in a JVM of its own. */
  public static void main(String[] arguments) {
    ListSet lists = many();
    Eglr model =
        Eglr.builder(lists.schema())
            .width(4)
            .heads(1)
            .evaluatorLayers(1)
            .feedForward(4)
            .embedding(1)
            .position(2)
            .reasoning(r -> r.maxSteps(0))
            .engine(Engine.JAVA)
            .asTrained();
    System.out.println(model.compare(lists).reports().get(2).lists() + " lists measured");
  }

  /** All that was held before would have been 5 KB a list: 300 MB. */
  @Test
  void of_many_lists_fits_into_little() throws IOException, InterruptedException {
    String output = run("-Xmx96m", EvaluationMemoryTest.class);
    assertTrue(output.contains(LISTS - 1 + " lists measured"), output);
  }

  static String run(String heap, Class<?> main) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(heap);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return output;
  }

  /** One's own re-ranker is not given all requests at once either. */
  @Test
  void hands_requests_over_in_chunks() {
    ListSet lists = many();
    List<Integer> sizes = new ArrayList<>();
    Reranker counting =
        new Reranker() {
          @Override
          public String name() {
            return "counting";
          }

          @Override
          public Ranking rerank(Request request) {
            return Ranking.of(request, IntStream.range(0, request.length()).toArray());
          }

          @Override
          public List<Ranking> rerank(List<Request> requests) {
            sizes.add(requests.size());
            return Reranker.super.rerank(requests);
          }
        };
    assertEquals(LISTS - 1, counting.evaluate(lists).lists());
    assertEquals(LISTS - 1, sizes.stream().mapToInt(i -> i).sum());
    assertTrue(sizes.stream().allMatch(size -> size < 10_000), sizes.toString());
  }
}
