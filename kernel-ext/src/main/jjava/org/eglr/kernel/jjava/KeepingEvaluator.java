package org.eglr.kernel.jjava;

import java.util.concurrent.TimeUnit;
import jdk.jshell.JShell;
import jdk.jshell.spi.ExecutionControlProvider;
import org.dflib.jjava.kernel.execution.CodeEvaluator;
import org.eglr.kernel.own.KeptValues;
import org.eglr.kernel.own.PresentImport;

/** JJava's evaluator, which keeps the values of variables that JShell would reset. */
final class KeepingEvaluator extends CodeEvaluator {

  private final KeptValues values = new KeptValues();

  KeepingEvaluator(String name, long timeout, TimeUnit unit) {
    super(name, timeout, unit);
  }

  @Override
  public ExecutionControlProvider getExecControlProvider() {
    return values.around(super.getExecControlProvider(), getClassLoader());
  }

  @Override
  protected Object evalSingle(JShell shell, String source) {
    if (PresentImport.is(source, shell)) {
      return null;
    }
    values.before(shell);
    try {
      return super.evalSingle(shell, source);
    } finally {
      values.after().forEach(System.err::println);
    }
  }
}
