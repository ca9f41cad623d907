package org.eglr.data.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void everySettingNamesItselfItsValueAndWhatIsAllowed() {
    assertRefused("'users' is 0; allowed: 1 to 10000000", s -> s.users(0));
    assertRefused("'users' is 10000001; allowed: 1 to 10000000", s -> s.users(10_000_001));
    assertRefused("'items' is 1; allowed: 2 to 10000000", s -> s.items(1));
    assertRefused("'items' is -5; allowed: 2 to 10000000", s -> s.items(-5));
    assertRefused("'lists' is 0; allowed: 1 to 10000000", s -> s.lists(0));
    assertRefused("'listLength' is 1; allowed: 2 to 1000", s -> s.listLength(1));
    assertRefused("'listLength' is 1; allowed: 2 to 1000", s -> s.listLength(1, 8));
    assertRefused(
        "'listLength' is 8 to 7; allowed: the longest is from the shortest to 1000",
        s -> s.listLength(8, 7));
    assertRefused(
        "'listLength' is 5 to 1001; allowed: the longest is from the shortest to 1000",
        s -> s.listLength(5, 1001));
    assertRefused("'listLength' is 10; allowed: at most the number of items, 8", s -> s.items(8));
    assertRefused(
        "'pool' is 9; allowed: 10 (the longest list) to 400 (the number of items)", s -> s.pool(9));
    assertRefused(
        "'pool' is 401; allowed: 12 (the longest list) to 400 (the number of items)",
        s -> s.listLength(5, 12).pool(401));
    assertRefused(
        "'pool' is 1001; allowed: 10 (the longest list) to 1000 (the most there can be)",
        s -> s.items(5_000).pool(1_001));
    assertRefused("'positionBias' is -0.1; allowed: 0 to 3", s -> s.positionBias(-0.1));
    assertRefused("'positionBias' is NaN; allowed: 0 to 3", s -> s.positionBias(Double.NaN));
    assertRefused("'neighbourEffects' is 5.5; allowed: 0 to 5", s -> s.neighbourEffects(5.5));
    assertRefused("'exploration' is 1.01; allowed: 0 to 1", s -> s.exploration(1.01));
    assertRefused("'exploration' is NaN; allowed: 0 to 1", s -> s.exploration(Double.NaN));
  }

  @Test
  void theEndsOfEveryRangeAreAllowed() {
    Simulator smallest = Simulator.adLike().users(1).items(2).lists(1).listLength(2).pool(2);
    assertEquals(1, smallest.positionBias(0).neighbourEffects(0).exploration(0).log().size());
    Simulator steepest = Simulator.misleading().items(1_000).lists(2).listLength(1_000).pool(1_000);
    assertEquals(2, steepest.positionBias(3).neighbourEffects(5).exploration(1).log().size());
  }

  @Test
  void anUnknownPresetListsThePresets() {
    for (String name : new String[] {"movielens", "Ad", "", null}) {
      assertEquals(
          "setting 'preset' is "
              + name
              + "; allowed: ad, kuairand, misleading, alike, prices, together",
          assertThrows(IllegalArgumentException.class, () -> Simulator.preset(name)).getMessage());
    }
  }

  private static void assertRefused(String message, UnaryOperator<Simulator> setting) {
    Simulator simulator = setting.apply(Simulator.adLike());
    assertEquals(
        "setting " + message,
        assertThrows(IllegalArgumentException.class, simulator::log).getMessage());
  }
}
