package org.eglr.kernel;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs cells as IJava does: all on one thread, so that an evaluation inside a running cell would
 * wait for itself.
 */
final class SingleThreadControl extends DirectExecutionControl {

  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  @Override
  protected String invoke(Method cell) throws Exception {
    Object value = executor.submit(() -> cell.invoke(null)).get(10, TimeUnit.SECONDS);
    return valueString(value);
  }

  @Override
  public void close() {
    executor.shutdownNow();
    super.close();
  }

  static ExecutionControlProvider provider() {
    return new ExecutionControlProvider() {
      @Override
      public String name() {
        return "single-thread";
      }

      @Override
      public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
        return new SingleThreadControl();
      }
    };
  }
}
