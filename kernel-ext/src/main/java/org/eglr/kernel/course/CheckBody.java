package org.eglr.kernel.course;

/** The lines of a {@code %%check} cell. */
@FunctionalInterface
public interface CheckBody {

  /** Tests; may throw whatever the code under test throws. */
  void run(Check check) throws Throwable;
}
