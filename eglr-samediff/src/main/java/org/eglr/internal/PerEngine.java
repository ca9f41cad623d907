package org.eglr.internal;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.eglr.Engine;

/**
 * What computes with some weights, one for each engine, made when it is first asked for. For any
 * number of threads. Both kinds of work that it is for may go on after they were closed, and then
 * keep nothing.
 */
final class PerEngine<T extends AutoCloseable> implements AutoCloseable {

  private final Function<Engine, T> make;
  private volatile Map<Engine, T> made = new EnumMap<>(Engine.class);
  private boolean closed;

  PerEngine(Function<Engine, T> make) {
    this.make = make;
  }

  T get(Engine engine) {
    T known = made.get(engine);
    return known != null ? known : make(engine);
  }

  private synchronized T make(Engine engine) {
    T known = made.get(engine);
    if (known != null) {
      return known;
    }
    T one = make.apply(engine);
    Map<Engine, T> more = new EnumMap<>(made); // readers have no lock
    more.put(engine, one);
    made = more;
    if (closed) { // by a training; a call that began before it goes on with what it has
      close(one);
    }
    return one;
  }

  @Override
  public synchronized void close() {
    closed = true;
    made.values().forEach(PerEngine::close);
  }

  private static void close(AutoCloseable one) {
    try {
      one.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
