package org.eglr.kernel.jjava;

import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsResolver;
import org.eglr.kernel.own.MagicSource;

/** Finds magics by reading Java, where JJava takes any line that looks like one. */
final class EglrMagicsResolver extends MagicsResolver {

  EglrMagicsResolver() {
    super("%", "%%", new MagicTranspiler());
  }

  @Override
  public String resolve(String cell) {
    return MagicSource.toJava(cell);
  }
}
