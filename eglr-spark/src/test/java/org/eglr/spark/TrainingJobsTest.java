package org.eglr.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TrainingJobsTest {

  /** A last task alone would leave the other cores waiting. */
  @Test
  void everyCoreHasAsManyTasksAndNoTaskIsLarge() {
    for (int cores = 1; cores <= 40; cores++) {
      for (int tasks = 1; tasks <= 500; tasks++) {
        int slices = TrainingJobs.slices(tasks, cores);
        assertTrue(slices <= tasks);
        assertTrue(slices == tasks || slices % cores == 0, tasks + " tasks, " + cores + " cores");
        assertTrue(slices * 8 >= tasks, "more than 8 in one");
        int fewer = slices - cores;
        assertTrue(fewer <= 0 || fewer * 8 < tasks, "as few as that allows");
      }
    }
    assertEquals(6, TrainingJobs.slices(37, 2));
  }
}
