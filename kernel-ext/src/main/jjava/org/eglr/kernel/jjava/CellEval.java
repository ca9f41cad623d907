package org.eglr.kernel.jjava;

import java.util.function.Function;
import org.dflib.jjava.jupyter.kernel.EvalBuilder;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * A cell's evaluation, whose result our kernel shows: JJava's own way would keep the kernel where
 * showing it never ends.
 */
final class CellEval<T> implements EvalBuilder<T> {

  private final EvalBuilder<T> evaluation;
  private final Function<Object, DisplayData> show;

  /**
   * An evaluation.
   *
   * @param show shows a result, which is not null
   */
  CellEval(EvalBuilder<T> evaluation, Function<Object, DisplayData> show) {
    this.evaluation = evaluation;
    this.show = show;
  }

  @Override
  public EvalBuilder<T> resolveMagics() {
    return new CellEval<>(evaluation.resolveMagics(), show);
  }

  @Override
  public EvalBuilder<DisplayData> renderResults() {
    return new Shown(this);
  }

  @Override
  public T eval() {
    return evaluation.eval();
  }

  private record Shown(CellEval<?> cell) implements EvalBuilder<DisplayData> {

    @Override
    public EvalBuilder<DisplayData> resolveMagics() {
      return new Shown(new CellEval<>(cell.evaluation.resolveMagics(), cell.show));
    }

    @Override
    public EvalBuilder<DisplayData> renderResults() {
      return this;
    }

    @Override
    public DisplayData eval() {
      Object result = cell.eval();
      return result == null ? null : cell.show.apply(result);
    }
  }
}
