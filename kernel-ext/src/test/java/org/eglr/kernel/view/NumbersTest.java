package org.eglr.kernel.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "3|3",
        "-12|-12",
        "1234567|1,234,567",
        "0.68412345|0.6841",
        "12.345678|12.35",
        "1234.5678|1,235",
        "0.00012346|1.235e-04",
        "-0.5|-0.5000",
        "12345678.9|1.235e+07",
        "NaN|–",
        "Infinity|∞"
      })
  void showsFourSignificantDigits(double value, String shown) {
    assertEquals(shown, Numbers.show(value));
  }

  @ParameterizedTest
  @CsvSource({"0,0 %", "0.001,<1 %", "0.0049,<1 %", "0.0051,1 %", "0.123,12 %", "1,100 %"})
  void aRoughShareIsWhole(double share, String shown) {
    assertEquals(shown, Numbers.roughPercent(share));
  }

  @ParameterizedTest
  @CsvSource({
    "0.72849,0.00213,0.7285 ± 0.0021",
    "4.1234,0.5,4.12 ± 0.50",
    "4.1234,12,4 ± 12",
    "0.5,NaN,0.5000",
    "0.5,0,0.5000"
  })
  void roundsAMeanToItsErrorsSecondDigit(double value, double error, String shown) {
    assertEquals(shown, Numbers.withError(value, error));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0823,82 ms",
    "12.34,12.3 s",
    "245,4 min 05 s",
    "7322,2 h 02 min",
    "NaN,–",
    "Infinity,–"
  })
  void showsTimesAsPeopleSayThem(double seconds, String shown) {
    assertEquals(shown, Numbers.time(seconds));
  }

  @Test
  void percent() {
    assertEquals("12.3 %", Numbers.percent(0.1234));
  }
}
