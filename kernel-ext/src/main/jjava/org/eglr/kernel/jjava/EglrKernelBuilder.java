package org.eglr.kernel.jjava;

import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.history.HistoryManager;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.kernel.JavaKernelBuilder;
import org.dflib.jjava.kernel.execution.CodeEvaluator;
import org.eglr.kernel.own.CellAssertions;
import org.eglr.kernel.own.StopRequests;

/** Puts JJava's parts together for our kernel. */
final class EglrKernelBuilder extends JavaKernelBuilder<EglrKernelBuilder, EglrKernel> {

  @Override
  public EglrKernel build() {
    StopRequests stops = new StopRequests();
    CodeEvaluator evaluator = new CellEvaluator("EGLR", timeoutDuration, timeoutUnit, stops);
    CellAssertions.enable(evaluator.getClassLoader());
    JShell shell = buildJShell(evaluator);
    JupyterIO io = buildJupyterIO(buildJupyterIOEncoding());
    return new EglrKernel(this, io, shell, evaluator, stops);
  }

  String version() {
    return buildVersion();
  }

  LanguageInfo language() {
    return buildLanguageInfo();
  }

  HistoryManager history() {
    return buildHistoryManager();
  }

  CommManager comms() {
    return buildCommManager();
  }

  Renderer renderer() {
    return buildRenderer();
  }

  MagicsRegistry magics() {
    return buildMagicsRegistry();
  }

  boolean extensions() {
    return buildExtensionsEnabled();
  }

  StringStyler styler() {
    return buildErrorStyler();
  }
}
