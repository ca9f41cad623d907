package org.eglr.kernel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Variables that only the magics see, for kernels whose Java variables cannot be reached. */
final class OwnVariables implements NotebookVariables {

  private final Map<String, Object> values = new ConcurrentHashMap<>();

  @Override
  public Optional<Object> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public List<String> names() {
    return List.copyOf(values.keySet());
  }

  @Override
  public void declare(String name, Class<?> type) {
    // Any name is free here.
  }

  @Override
  public void set(String name, Object value) {
    if (value == null) {
      values.remove(name);
    } else {
      values.put(name, value);
    }
  }
}
