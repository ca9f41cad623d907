package org.eglr.kernel.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eglr.data.ListSet;
import org.eglr.kernel.Samples;
import org.eglr.metrics.Calibration;
import org.eglr.metrics.Calibration.Group;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;

class CalibrationChartTest {

  private final ListSet lists = Samples.data().train();

  @Test
  void groupsAreOfEqualSizeAndGrow() {
    List<Group> groups = CalibrationChart.calibration(random(3), lists).groups();
    assertEquals(10, groups.size());
    int shown = lists.size() * 5;
    assertEquals(shown, groups.stream().mapToInt(Group::items).sum());
    for (int g = 0; g < 10; g++) {
      assertTrue(Math.abs(groups.get(g).items() - shown / 10.0) <= 1);
      assertTrue(g == 0 || groups.get(g).predicted() >= groups.get(g - 1).predicted());
    }
  }

  @Test
  void predictionsThatKnowTheClicksHaveNoError() {
    List<double[]> truth = new ArrayList<>();
    for (int list = 0; list < lists.size(); list++) {
      double[] row = new double[lists.length(list)];
      for (int i = 0; i < row.length; i++) {
        row[i] = lists.clicked(list, i) ? 1 : 0;
      }
      truth.add(row);
    }
    assertEquals(0, CalibrationChart.calibration(truth, lists).error(), 1e-12);
  }

  @Test
  void aConstantPredictionIsOffByItsDistanceFromTheClickRate() {
    double rate = clickRate();
    List<double[]> constant = new ArrayList<>();
    for (int list = 0; list < lists.size(); list++) {
      double[] row = new double[lists.length(list)];
      Arrays.fill(row, 1);
      constant.add(row);
    }
    Calibration calibration = CalibrationChart.calibration(constant, lists);
    assertEquals(1 - rate, calibration.error(), 1e-12);
    Group first = calibration.groups().get(0);
    assertEquals(
        1.96 * Math.sqrt(first.clicked() * (1 - first.clicked()) / first.items()),
        first.halfInterval(),
        1e-12);
  }

  @Test
  void theChartNamesItsAxesAndItsError() {
    XYChart chart = CalibrationChart.of(random(1), lists, ChartSize.SINGLE);
    assertEquals("predicted click probability", chart.getXAxisTitle());
    assertEquals("clicked (share of shown items)", chart.getYAxisTitle());
    assertTrue(chart.getTitle().matches("Calibration; mean error 0\\.\\d{3}"), chart.getTitle());
    assertTrue(Picture.of(chart).content().data().containsKey("image/png"));
  }

  private List<double[]> random(long seed) {
    Random random = new Random(seed);
    List<double[]> predicted = new ArrayList<>();
    for (int list = 0; list < lists.size(); list++) {
      predicted.add(random.doubles(lists.length(list)).toArray());
    }
    return predicted;
  }

  private double clickRate() {
    int shown = 0;
    int clicks = 0;
    for (int list = 0; list < lists.size(); list++) {
      for (int i = 0; i < lists.length(list); i++, shown++) {
        clicks += lists.clicked(list, i) ? 1 : 0;
      }
    }
    return (double) clicks / shown;
  }
}
