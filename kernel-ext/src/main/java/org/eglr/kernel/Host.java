package org.eglr.kernel;

import java.util.Optional;
import java.util.function.Function;

/** What a notebook kernel offers the extension; one adapter per kernel. */
public interface Host {

  /** Makes {@code %name} available. */
  void registerLineMagic(String name, LineMagic magic);

  /** Makes {@code %%name} available. */
  void registerCellMagic(String name, CellMagic magic);

  /** Decides how values of a class and its subclasses are shown when a cell returns them. */
  <T> void registerRenderer(Class<T> type, Function<? super T, Content> view);

  /** Adds an output to the running cell. */
  default Display show(Content content) {
    return showValue(content)::update;
  }

  /**
   * Adds an output to the running cell that shows a value as if it were the cell's result.
   *
   * @param value null shows nothing
   */
  ValueDisplay showValue(Object value);

  /**
   * Makes an object of the front end from the running cell, if there is a front end that can.
   *
   * @param listener hears what the object tells; never called where there is none
   */
  void openComm(CommOpening opening, CommListener listener);

  /** The notebook's Java variables. */
  NotebookVariables variables();

  /** Why code of a cell failed, where the reason is a name that nothing defines. */
  Optional<String> missingName(Throwable failure);

  /** Takes magics and renderers back, as far as the kernel lets. */
  void close();
}
