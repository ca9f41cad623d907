package org.eglr.gpu;

import java.util.List;
import org.eglr.internal.samediff.OperationTimes;
import org.eglr.train.TrainingListener;
import org.eglr.train.TrainingStep;

/**
 * Where the time of a GRPO step goes.
 *
 * @param width of the model
 * @param lists of the batch
 * @param milliseconds of the step, which awaits each operation
 * @param operations the dearest first
 */
record StepProfile(int width, int lists, double milliseconds, List<OperationTimes.Row> operations) {

  /** Takes the times of the second step: in the first one everything is set up. */
  static final class Taking implements TrainingListener {

    private double begun;
    private double milliseconds;
    private List<OperationTimes.Row> operations = List.of();

    @Override
    public void onStep(TrainingStep step) {
      if (step.step() == 1) {
        begun = step.seconds();
        OperationTimes.begin();
      } else {
        milliseconds = 1e3 * (step.seconds() - begun);
        operations = OperationTimes.end();
      }
    }

    StepProfile profile(BenchBatch.Size size) {
      return new StepProfile(size.width(), size.lists(), milliseconds, operations);
    }
  }
}
