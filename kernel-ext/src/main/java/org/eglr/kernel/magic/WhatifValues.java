package org.eglr.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import org.eglr.reasoning.Gate;

/** The values to try of each reasoning setting; none is empty. */
record WhatifValues(List<Gate> gates, List<Double> explorations, List<Integer> budgets) {

  /** Every combination, each with one value of each setting. */
  List<WhatifValues> each() {
    List<WhatifValues> all = new ArrayList<>();
    for (Gate gate : gates) {
      for (double exploration : explorations) {
        for (int budget : budgets) {
          all.add(new WhatifValues(List.of(gate), List.of(exploration), List.of(budget)));
        }
      }
    }
    return all;
  }
}
