package org.eglr.kernel.jjava;

import java.util.concurrent.TimeUnit;
import jdk.jshell.JShell;
import jdk.jshell.spi.ExecutionControlProvider;
import org.dflib.jjava.kernel.execution.CodeEvaluator;
import org.dflib.jjava.kernel.execution.EvaluationInterruptedException;
import org.eglr.kernel.own.CellThreads;
import org.eglr.kernel.own.ControlAround;
import org.eglr.kernel.own.KeptValues;
import org.eglr.kernel.own.PresentImport;
import org.eglr.kernel.own.StopRequests;
import org.eglr.kernel.own.WaitingDefinitions;

/**
 * JJava's evaluator, which also ends where a stop came while nothing of the cell ran, and keeps the
 * values of variables that JShell would reset, and tells of definitions that cannot run yet.
 */
final class CellEvaluator extends CodeEvaluator {

  private final StopRequests stops;
  private final KeptValues values = new KeptValues();

  /** Of the cell that a thread evaluates; what a cell evaluates by itself has a thread more. */
  private final ThreadLocal<WaitingDefinitions> waiting = new ThreadLocal<>();

  CellEvaluator(String name, long timeout, TimeUnit unit, StopRequests stops) {
    super(name, timeout, unit);
    this.stops = stops;
  }

  @Override
  public Object eval(JShell shell, String code) {
    WaitingDefinitions outer = waiting.get();
    WaitingDefinitions ours = new WaitingDefinitions(shell, code);
    waiting.set(ours);
    try {
      return super.eval(shell, code);
    } finally {
      waiting.set(outer);
      ours.end().forEach(System.err::println);
    }
  }

  @Override
  protected Object evalSingle(JShell shell, String code) {
    // What a cell evaluates by itself, as %time does, ends with the thread that was interrupted.
    if (CellThreads.isOne() ? Thread.currentThread().isInterrupted() : stops.isStopped()) {
      throw new EvaluationInterruptedException(code.strip());
    }
    if (PresentImport.is(code, shell)) {
      return null;
    }
    values.before(shell);
    try {
      return super.evalSingle(shell, code);
    } finally {
      waiting.get().after(code);
      values.after().forEach(System.err::println);
    }
  }

  @Override
  public ExecutionControlProvider getExecControlProvider() {
    return ControlAround.of(
        values.around(super.getExecControlProvider(), getClassLoader()),
        control -> new StoppableControl(control, stops));
  }
}
