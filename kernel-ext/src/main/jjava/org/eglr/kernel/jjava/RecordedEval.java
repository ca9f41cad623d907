package org.eglr.kernel.jjava;

import java.util.function.Consumer;
import org.dflib.jjava.jupyter.kernel.EvalBuilder;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.eglr.kernel.own.CellOutput;

/** Tells what a cell's result looks like when it is known. */
final class RecordedEval<T> implements EvalBuilder<T> {

  private final EvalBuilder<T> evaluation;
  private final Consumer<DisplayData> shown;

  RecordedEval(EvalBuilder<T> evaluation, Consumer<DisplayData> shown) {
    this.evaluation = evaluation;
    this.shown = shown;
  }

  @Override
  public EvalBuilder<T> resolveMagics() {
    return new RecordedEval<>(evaluation.resolveMagics(), shown);
  }

  @Override
  public EvalBuilder<DisplayData> renderResults() {
    return new RecordedEval<>(evaluation.renderResults(), shown);
  }

  @Override
  public T eval() {
    T result = evaluation.eval();
    if (result instanceof DisplayData data) {
      if (data.getData(MIMEType.TEXT_PLAIN) instanceof String text) {
        data.putText(CellOutput.bounded(text));
      }
      shown.accept(data);
    }
    return result;
  }
}
