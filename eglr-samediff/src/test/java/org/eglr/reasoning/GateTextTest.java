package org.eglr.reasoning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "entropy:1.2|entropy:1.2",
        "entropy -1|entropy:-1.0",
        "entropy  =  2|entropy:2.0",
        "relative:0.6|relative:0.6",
        "margin: .25|margin:0.25",
        "always|always",
        "never|never",
        "positions:5,1,2,1|positions:1,2,5",
        "positions 3 4|positions:3,4",
        "random:0.3|random:0.3:1",
        "random 0.3:-7|random:0.3:-7",
      })
  void reads_what_people_write_and_what_it_describes(String text, String description) {
    Gate gate = Gate.of(text);
    assertEquals(description, gate.describe());
    assertEquals(gate, Gate.of(gate.describe()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "entropie:1",
        "entropy",
        "entropy:",
        "entropy:a",
        "entropy:1:2",
        "always:1",
        "positions",
        "positions:1.5",
        "random",
        "random:0.3:x",
        "random:0.3:1:2",
        "custom"
      })
  void says_what_is_allowed(String text) {
    String message = assertThrows(IllegalArgumentException.class, () -> Gate.of(text)).getMessage();
    assertTrue(message.startsWith("setting 'gate' is '" + text + "'; allowed: entropy:NATS"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "entropy:NaN|setting 'entropyThreshold' is NaN; allowed: a number of nats",
        "relative:1.5|setting 'gate relative' is 1.5; allowed: 0 to 1",
        "margin:-0.1|setting 'gate margin' is -0.1; allowed: 0 to 1",
        "random:2|setting 'gate random' is 2.0; allowed: 0 to 1",
        "random:NaN|setting 'gate random' is NaN; allowed: 0 to 1",
        "positions:0,1|setting 'gate positions' is [0, 1]; allowed: one or more places, the first"
            + " is 1",
      })
  void numbers_out_of_range(String text, String message) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> Gate.of(text)).getMessage());
  }

  @Test
  void one_s_own_is_custom() {
    Gate gate = d -> true;
    assertEquals("custom", gate.describe());
    assertEquals(new Gate.Positions(List.of(2, 1)), Gate.positions(1, 2, 2));
  }
}
