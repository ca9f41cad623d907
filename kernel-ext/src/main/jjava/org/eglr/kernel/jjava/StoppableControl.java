package org.eglr.kernel.jjava;

import jdk.jshell.spi.ExecutionControl;
import org.eglr.kernel.own.AsideCall;
import org.eglr.kernel.own.CellThreads;
import org.eglr.kernel.own.ControlAround;
import org.eglr.kernel.own.MemoryReserve;
import org.eglr.kernel.own.StopRequests;

/** Runs no snippet of a cell that was stopped while it was compiled; hides no failure. */
final class StoppableControl extends ControlAround {

  /** By this name JJava tells interrupts from other exceptions. */
  private static final String INTERRUPTED = "Execution Interrupted";

  /** JJava cannot keep a null: this is how it tells of a result that is one. */
  private static final String NULL_RESULT = NullPointerException.class.getName();

  private static final String OUT_OF_MEMORY = OutOfMemoryError.class.getName();

  /** JJava ends a cell at once; what takes longer is beside the cell. */
  private static final long TIDY_MILLIS = 500;

  /** JJava follows causes that have no end to the end of its stack, each with a trace as long. */
  private static final long STACK_BYTES = 256 << 10;

  private final StopRequests stops;

  StoppableControl(ExecutionControl control, StopRequests stops) {
    super(control);
    this.stops = stops;
  }

  @Override
  public String invoke(String className, String methodName)
      throws RunException, EngineTerminationException, InternalException {
    if (!CellThreads.isOne() && stops.isStopped()) {
      throw interrupted();
    }
    try {
      return invoked(className, methodName);
    } catch (InternalException e) {
      if (NULL_RESULT.equals(e.getMessage())) {
        throw e;
      }
      // JShell takes no notice of it, and the cell would seem to have run to its end.
      String circle =
          StackOverflowError.class.getName().equals(e.getMessage())
              ? " (its causes go round in a circle, or what it says of itself has no end)"
              : "";
      throw new UserException(
          "what the cell threw cannot be read: " + e.getMessage() + circle,
          InternalError.class.getName(),
          new StackTraceElement[0]); // its own is the kernel's
    } catch (UserException thrown) {
      if (OUT_OF_MEMORY.equals(thrown.causeExceptionClass())) {
        MemoryReserve.free();
      }
      throw thrown;
    } catch (OutOfMemoryError e) {
      MemoryReserve.free();
      throw new UserException(e.getMessage(), OUT_OF_MEMORY, e.getStackTrace());
    }
  }

  /** What a cell threw is asked for its message here, which may take forever. */
  private String invoked(String className, String methodName)
      throws RunException, EngineTerminationException, InternalException {
    if (CellThreads.isOne()) {
      return super.invoke(className, methodName);
    }
    try {
      return AsideCall.of(
          () -> super.invoke(className, methodName), STACK_BYTES, stops::isStopped, TIDY_MILLIS);
    } catch (AsideCall.Stopped e) {
      throw interrupted();
    } catch (RunException | EngineTerminationException | InternalException e) {
      throw e;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e); // invoke throws no other
    }
  }

  private static UserException interrupted() {
    return new UserException("Execution interrupted.", INTERRUPTED, new StackTraceElement[0]);
  }
}
