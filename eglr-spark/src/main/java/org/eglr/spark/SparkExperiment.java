package org.eglr.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.eglr.data.DataException;
import org.eglr.experiment.ExperimentResult;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * The runs of an experiment, divided over executors.
 *
 * <pre>{@code
 * ExperimentResult result = SparkExperiment.run(spark, MyStudy::experiment, Path.of("runs"), 20);
 * }</pre>
 *
 * <p>Each task makes the experiment anew, does its part of the runs on one core, and sends back
 * what each list was worth. Runs that share an evaluator, those of one seed and the same settings
 * of it, are of one task, so that there is work for as many tasks as there are evaluators. The
 * result is that of {@link org.eglr.experiment.Experiment#run} on one machine.
 */
public final class SparkExperiment {

  private SparkExperiment() {}

  /**
   * Does the runs that are not in the folder yet, and gives the result of all.
   *
   * @param study as jobs see it: from a jar that the executors have
   * @param folder of the driver, in which finished runs are kept; a task that ends, ends with its
   *     runs there, even where another one fails
   * @param tasks in which the runs are divided, at least 1
   * @throws IllegalArgumentException as {@link org.eglr.experiment.Experiment#run}
   */
  public static ExperimentResult run(SparkSession spark, Study study, Path folder, int tasks) {
    if (tasks < 1) {
      throw new DataException("%d tasks; there must be 1 or more".formatted(tasks));
    }
    RunFiles kept = RunFiles.in(folder);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaRDD<Integer> parts = context.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks);
    context
        .sc()
        .runJob(
            parts.rdd(),
            (Function1<Iterator<Integer>, RunFiles> & Serializable)
                part -> kept.done(study, part.next(), tasks),
            (Function2<Object, RunFiles, BoxedUnit> & Serializable)
                (part, files) -> {
                  files.writeTo(folder);
                  return BoxedUnit.UNIT;
                },
            ClassTag$.MODULE$.apply(RunFiles.class));
    return study.experiment().folder(folder).run();
  }
}
