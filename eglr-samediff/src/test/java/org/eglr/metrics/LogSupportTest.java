package org.eglr.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.eglr.ListScore;
import org.eglr.data.ListSet;
import org.eglr.data.Request;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.train.Reward;
import org.eglr.train.RewardedList;
import org.junit.jupiter.api.Test;

/** What a log has shown, against counting it list by list. */
class LogSupportTest {

  private static final Splits DATA =
      Simulator.misleading()
          .lists(60)
          .items(40)
          .listLength(3, 4)
          .pool(9)
          .seed(4)
          .log()
          .split(0.7, 0.15, 0.15);

  private final LogSupport log = LogSupport.of(DATA.train());

  /** Items of a simulator are told apart by what people call them. */
  private static int count(String label, int position, boolean offered) {
    int count = 0;
    for (int list = 0; list < DATA.train().size(); list++) {
      Request request = DATA.train().request(list);
      int to = offered ? request.pool() : request.length();
      for (int i = 0; i < to; i++) {
        boolean here = position < 0 || i == position;
        count += here && request.labels()[i].equals(label) ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void counts_what_was_shown() {
    int never = 0;
    for (int list = 0; list < DATA.test().size(); list++) {
      Request request = DATA.test().request(list);
      for (int i = 0; i < request.pool(); i++) {
        String label = request.labels()[i];
        int shown = count(label, -1, false);
        assertEquals(shown, log.shown(request, i), label);
        assertEquals(count(label, -1, true), log.offered(request, i), label);
        for (int k = 0; k < 5; k++) {
          assertEquals(count(label, k, false) * (k < 4 ? 1 : 0), log.shown(request, i, k), label);
        }
        never += shown == 0 ? 1 : 0;
      }
    }
    assertTrue(never > 0, "the log shows all items");
    assertEquals(DATA.train().size(), log.lists());
  }

  @Test
  void the_reward_is_how_a_lists_items_were_avoided() {
    SplittableRandom random = new SplittableRandom(1);
    Reward reward = Reward.offSupport().knowing(DATA.train());
    Reward sum = Reward.clickDcg().plus(-2, Reward.offSupport()).knowing(DATA.train());
    for (int round = 0; round < 30; round++) {
      Request request = DATA.test().request(random.nextInt(DATA.test().size()));
      int[] order = {random.nextInt(3), 3 + random.nextInt(3), 6 + random.nextInt(3)};
      double[] click = {0.5, 0.25, 0.125};
      RewardedList list =
          new RewardedList(request, order, new ListScore(click, 1), Optional::empty);
      double expected = 0;
      for (int k = 0; k < 3; k++) {
        double shown = count(request.labels()[order[k]], -1, false);
        double offered = count(request.labels()[order[k]], -1, true);
        expected -= Math.log((shown + 0.5) / (offered + 1)) / (Math.log(k + 2) / Math.log(2));
      }
      assertEquals(expected, reward.of(list), 1e-12);
      assertEquals(list.clickDcg() - 2 * expected, sum.of(list), 1e-12);
      assertEquals("click-dcg - 2.0 off-support", sum.name());
      String message =
          assertThrows(IllegalStateException.class, () -> Reward.offSupport().of(list))
              .getMessage();
      assertEquals(
          "it knows no log: outside of a training, offSupport().knowing(data.train())", message);
    }
  }

  @Test
  void shares_are_those_of_a_count() {
    ListSet lists = DATA.test();
    List<int[]> orders = new ArrayList<>();
    double unseen = 0;
    double unplaced = 0;
    for (int list = 0; list < lists.size(); list++) {
      int[] order = {8, 1, 5};
      orders.add(order);
      for (int k = 0; k < 3; k++) {
        String label = lists.request(list).labels()[order[k]];
        if (count(label, -1, false) == 0) {
          unseen++;
        } else if (count(label, k, false) == 0) {
          unplaced++;
        }
      }
    }
    OffLog off = OffLog.of(log, lists, orders);
    assertEquals(unseen / (3 * lists.size()), off.unseen(), 1e-12);
    assertEquals(unplaced / (3 * lists.size()), off.unplaced(), 1e-12);
    assertTrue(unseen > 0 && unplaced > 0, off.toString());
  }

  @Test
  void only_what_logged_lists_do_not_have_is_warned_of() {
    OffLog logged = new OffLog(0.1, 0.3);
    assertEquals(Optional.empty(), new Support(logged, new OffLog(0.14, 0.49)).warning());
    assertEquals(
        "the best lists found leave the log: of their positions 16.0 % have items that the"
            + " training lists never show (of logged lists 10.0 %), 31.0 % have items where they"
            + " never stand there (of logged lists 30.0 %); the evaluator can only guess about"
            + " them, and a generator finds its wrong guesses: train it with features of its own"
            + " (trainFeatures) and reward \"click-dcg - 0.03 off-support\", or on a log that"
            + " explores",
        new Support(logged, new OffLog(0.16, 0.31)).warning().orElseThrow());
    assertTrue(new Support(logged, new OffLog(0, 0.51)).warning().isPresent());
  }
}
