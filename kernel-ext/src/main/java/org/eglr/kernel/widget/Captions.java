package org.eglr.kernel.widget;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eglr.kernel.Content;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.Notebook;
import org.eglr.kernel.own.ErrorLines;
import org.eglr.kernel.view.Html;

/** The lines around a control. */
final class Captions {

  private static final String WIDGET = "application/vnd.jupyter.widget-view+json";

  private Captions() {}

  /** In the place of a control that nobody draws. */
  static Content still(Control<?> control, String otherwise) {
    String line =
        "%s: a slider over %s, where the notebook runs in JupyterLab; elsewhere %s."
            .formatted(control.name(), control.range(), otherwise);
    return Content.html(Html.note(line), line);
  }

  /** The control itself; the line for front ends that cannot draw it. */
  static Content drawn(Content still, String model) {
    Map<String, String> data = new LinkedHashMap<>(still.data());
    data.put(WIDGET, "{\"version_major\":2,\"version_minor\":0,\"model_id\":\"" + model + "\"}");
    return new Content(data, still.metadata());
  }

  static <T> Content computing(Control<T> control, T value) {
    return lines(control.name() + " = " + control.text(value) + " ...", "");
  }

  static <T> Content value(Control<T> control, T value, String printed) {
    return lines(control.name() + " = " + control.text(value), printed);
  }

  /** In the place of a result; {@code %eglr error} tells the rest. */
  static Content failed(Throwable failure) {
    Notebook.failed(failure);
    String message = ErrorLines.message(failure).orElse("").lines().findFirst().orElse("");
    String any = failure.getClass().getName() + (message.isEmpty() ? "" : ": " + message);
    String line =
        failure instanceof EglrError ? message : Notebook.missingName(failure).orElse(any);
    return Content.html(
        "<div style=\"color:var(--jp-error-color1,#c62828)\">" + Html.escape(line) + "</div>",
        line);
  }

  private static Content lines(String line, String printed) {
    String html = "<div>" + Html.escape(line) + "</div>";
    return printed.isEmpty()
        ? Content.html(html, line)
        : Content.html(
            html + "<pre style=\"margin:.2em 0\">" + Html.escape(printed) + "</pre>",
            line + "\n" + printed);
  }
}
