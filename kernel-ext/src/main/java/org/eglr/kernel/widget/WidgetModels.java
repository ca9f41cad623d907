package org.eglr.kernel.widget;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eglr.kernel.CommOpening;

/**
 * The models that draw one slider, as Jupyter's widget library names and versions them.
 *
 * <p>The last one is there to be answered. A model by itself sends nothing, so that a kernel cannot
 * tell a front end with widgets from none. A link copies a value of one model to another and tells
 * the kernel at once: this one copies the slider's {@code disabled} to {@link #ALIVE}.
 */
final class WidgetModels {

  /** What the front end sets when it has made all models. */
  static final String ALIVE = "eglr_alive";

  private static final String CONTROLS = "@jupyter-widgets/controls";
  private static final String BASE = "@jupyter-widgets/base";
  private static final String VERSION = "2.0.0";
  private static final Map<String, Object> PROTOCOL = Map.of("version", "2.1.0");

  private final String layout = id();
  private final String style = id();
  private final String slider = id();
  private final String link = id();

  /** The id under which the slider is shown. */
  String slider() {
    return slider;
  }

  /**
   * The models' ids and states, each after those that it refers to.
   *
   * @param description stands before the slider
   * @param own what is special to its kind, with its value
   */
  Map<String, Map<String, Object>> states(String description, Map<String, Object> own) {
    Map<String, Map<String, Object>> states = new LinkedHashMap<>();
    states.put(layout, state(BASE, "LayoutModel", "LayoutView", Map.of("width", "95%")));
    states.put(
        style,
        state(CONTROLS, "SliderStyleModel", "StyleView", Map.of("description_width", "initial")));
    Map<String, Object> shown = new LinkedHashMap<>(own);
    shown.put("description", description);
    shown.put("continuous_update", true);
    shown.put("readout", true);
    shown.put("disabled", false);
    shown.put("layout", reference(layout));
    shown.put("style", reference(style));
    states.put(
        slider,
        state(CONTROLS, (String) own.get("_model_name"), (String) own.get("_view_name"), shown));
    Map<String, Object> linked =
        Map.of(
            "source", List.of(reference(slider), "disabled"),
            "target", List.of(reference(slider), ALIVE));
    states.put(link, state(CONTROLS, "DirectionalLinkModel", null, linked));
    return states;
  }

  /** How the front end is told to make a model. */
  static CommOpening opening(String id, Map<String, Object> state) {
    return new CommOpening(
        id, "jupyter.widget", Map.of("state", state, "buffer_paths", List.of()), PROTOCOL);
  }

  private static Map<String, Object> state(
      String module, String model, String view, Map<String, Object> more) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("_model_module", module);
    state.put("_model_module_version", VERSION);
    state.put("_model_name", model);
    state.put("_view_module", view != null && view.equals("StyleView") ? BASE : module);
    state.put("_view_module_version", VERSION);
    state.put("_view_name", view);
    state.putAll(more);
    return state;
  }

  private static String reference(String id) {
    return "IPY_MODEL_" + id;
  }

  private static String id() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
