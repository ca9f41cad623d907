package org.eglr.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Jobs of a training of which some tasks fail, or kill their executors: once each, as files say.
 */
final class FailingJobs extends TrainingJobs {

  private final String folder;
  private final IntPredicate deadly;
  private int jobs;

  /**
   * @param folder remembers which jobs had their failure
   * @param deadly which jobs kill an executor; a task of each other fails
   */
  FailingJobs(JavaSparkContext context, Path folder, IntPredicate deadly) {
    super(context);
    this.folder = folder.toString();
    this.deadly = deadly;
  }

  /** How many there were. */
  int jobs() {
    return jobs;
  }

  @Override
  List<byte[]> run(List<byte[]> tasks, Function<byte[], byte[]> work) {
    boolean dies = deadly.test(jobs);
    String memory = Path.of(folder, "job " + jobs++).toString();
    return super.run(tasks, failingOnce(work, dies, memory));
  }

  private static Function<byte[], byte[]> failingOnce(
      Function<byte[], byte[]> work, boolean dies, String memory) {
    return bytes -> {
      byte[] result = work.call(bytes);
      if (Path.of(memory).toFile().createNewFile()) {
        if (dies) {
          Runtime.getRuntime().halt(57);
        }
        throw new IllegalStateException("a task that fails once");
      }
      return result;
    };
  }
}
