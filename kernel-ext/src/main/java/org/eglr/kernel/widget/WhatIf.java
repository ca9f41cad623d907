package org.eglr.kernel.widget;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eglr.kernel.Content;
import org.eglr.kernel.Display;
import org.eglr.kernel.Host;
import org.eglr.kernel.ValueDisplay;

/**
 * A control and what follows from its value, shown one below the other: a line on the control, or
 * the control itself once a front end has answered that it draws it; the value; and what a function
 * gives for it, anew whenever the control is moved. A notebook that is run where no front end
 * listens, or that is read as a page, shows the first value with a line on how to change it.
 *
 * @param <T> the type of the value
 */
public final class WhatIf<T> {

  private final Control<T> control;
  private final Function<? super T, ?> view;
  private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private final WidgetModels models = new WidgetModels();
  private final Latest<T> latest;
  private final Content still;
  private Display head;
  private Display caption;
  private ValueDisplay result;
  private volatile T value;

  private WhatIf(
      Control<T> control, String otherwise, Function<? super T, ?> view, Executor background) {
    this.control = control;
    this.view = view;
    this.latest = new Latest<>(this::compute, background);
    this.still = Captions.still(control, otherwise);
    this.value = control.start();
  }

  /**
   * Shows it in the running cell.
   *
   * @param otherwise what to do where there is no such control, such as {@code change 1.2 in the
   *     cell and run it again}
   * @param view gives what is shown for a value: a picture, a table, a text; what it throws for the
   *     first value, the cell throws
   */
  public static <T> void show(
      Host host, Control<T> control, String otherwise, Function<? super T, ?> view) {
    show(host, control, otherwise, view, Latest.BACKGROUND);
  }

  static <T> void show(
      Host host,
      Control<T> control,
      String otherwise,
      Function<? super T, ?> view,
      Executor background) {
    new WhatIf<T>(control, otherwise, view, background).show(host);
  }

  private void show(Host host) {
    Object first = view.apply(value);
    head = host.show(still);
    caption = host.show(Captions.value(control, value, ""));
    result = host.showValue(first);
    states()
        .forEach(
            (id, state) ->
                host.openComm(
                    WidgetModels.opening(id, state), (data, answer) -> heard(id, data, answer)));
  }

  private void heard(String id, Map<String, Object> data, Consumer<Map<String, Object>> answer) {
    if ("request_state".equals(data.get("method"))) {
      answer.accept(Map.of("method", "update", "state", states().get(id)));
    } else if ("update".equals(data.get("method")) && data.get("state") instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked") // read from JSON
      Map<String, Object> change = (Map<String, Object>) map;
      answer.accept(Map.of("method", "echo_update", "state", change));
      if (change.containsKey(WidgetModels.ALIVE)) {
        head.update(Captions.drawn(still, models.slider()));
      }
      control.value(change).ifPresent(this::moved);
    }
  }

  private void moved(T to) {
    value = to;
    latest.offer(to);
  }

  private void compute(T now) {
    Thread.currentThread().setContextClassLoader(loader);
    try {
      caption.update(Captions.computing(control, now));
      Outcome outcome = Outcome.of(() -> view.apply(now));
      outcome.showIn(result);
      caption.update(Captions.value(control, now, outcome.printed()));
    } catch (Throwable failure) {
      // The connection is gone, or memory: nobody is left to tell, and the next value may do.
      Thread.onSpinWait();
    }
  }

  private Map<String, Map<String, Object>> states() {
    return models.states(control.name(), control.state(value));
  }
}
