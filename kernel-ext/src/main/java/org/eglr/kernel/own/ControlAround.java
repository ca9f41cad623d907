package org.eglr.kernel.own;

import java.util.Map;
import java.util.function.UnaryOperator;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Runs snippets as another control does, but for what its heirs do otherwise. */
public class ControlAround implements ExecutionControl {

  private final ExecutionControl control;

  protected ControlAround(ExecutionControl control) {
    this.control = control;
  }

  /** The provider's controls, each with another around it. */
  public static ExecutionControlProvider of(
      ExecutionControlProvider provider, UnaryOperator<ExecutionControl> around) {
    return new ExecutionControlProvider() {
      @Override
      public String name() {
        return provider.name();
      }

      @Override
      public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters)
          throws Throwable {
        return around.apply(provider.generate(environment, parameters));
      }
    };
  }

  @Override
  public void load(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    control.load(classes);
  }

  @Override
  public void redefine(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    control.redefine(classes);
  }

  @Override
  public String invoke(String className, String method)
      throws RunException, EngineTerminationException, InternalException {
    return control.invoke(className, method);
  }

  @Override
  public String varValue(String className, String name)
      throws RunException, EngineTerminationException, InternalException {
    return control.varValue(className, name);
  }

  @Override
  public void addToClasspath(String path) throws EngineTerminationException, InternalException {
    control.addToClasspath(path);
  }

  @Override
  public Object extensionCommand(String command, Object argument)
      throws RunException, EngineTerminationException, InternalException {
    return control.extensionCommand(command, argument);
  }

  @Override
  public void stop() throws EngineTerminationException, InternalException {
    control.stop();
  }

  @Override
  public void close() {
    control.close();
  }
}
