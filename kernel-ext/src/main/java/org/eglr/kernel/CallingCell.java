package org.eglr.kernel;

import java.util.Optional;

/** The notebook's cell that is calling. */
final class CallingCell {

  private CallingCell() {}

  /** The loader of its class, in which all cells' classes live; empty where no cell calls. */
  static Optional<ClassLoader> loader() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
                    .filter(type -> type.getName().startsWith("REPL.$JShell$"))
                    .findFirst())
        .map(Class::getClassLoader);
  }
}
