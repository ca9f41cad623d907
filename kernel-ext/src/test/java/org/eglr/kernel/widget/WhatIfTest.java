package org.eglr.kernel.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jdk.jshell.JShell;
import jdk.jshell.spi.SPIResolutionException;
import org.eglr.kernel.CommOpening;
import org.eglr.kernel.Content;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.FakeHost;
import org.eglr.kernel.Installed;
import org.eglr.kernel.ValueDisplay;
import org.junit.jupiter.api.Test;

class WhatIfTest {

  private static final String WIDGET = "application/vnd.jupyter.widget-view+json";

  private final FakeHost host = new FakeHost();
  private final Deque<Runnable> background = new ArrayDeque<>();
  private final List<Double> asked = new ArrayList<>();

  private void show(Function<Double, ?> view) {
    WhatIf.show(
        host,
        new NumberControl("threshold", 0, 2.3, 0.1, 1.2),
        "change 1.2",
        value -> {
          asked.add(value);
          return view.apply(value);
        },
        background::add);
  }

  private void compute() {
    while (!background.isEmpty()) {
      background.remove().run();
    }
  }

  private String slider() {
    return host.opened.get(2).id();
  }

  private List<Map<String, Object>> move(Object value) {
    return host.tell(slider(), Map.of("method", "update", "state", Map.of("value", value)));
  }

  private static Map<?, ?> state(CommOpening opening) {
    return (Map<?, ?>) opening.data().get("state");
  }

  private static String text(List<Content> states) {
    return states.get(states.size() - 1).data().get(Content.TEXT);
  }

  @Test
  void whereNobodyAnswersTheFirstResultStandsWithALineOnHowToChangeIt() {
    show(value -> "at " + value);
    compute();
    assertEquals(
        "threshold: a slider over 0 to 2.3 in steps of 0.1, where the notebook runs in"
            + " JupyterLab; elsewhere change 1.2.",
        text(host.shown.get(0)));
    assertEquals("threshold = 1.2", text(host.shown.get(1)));
    assertEquals(List.of("at 1.2"), host.values.get(0));
    assertEquals(List.of(1.2), asked);
    host.shown.forEach(states -> assertEquals(1, states.size(), "nothing is drawn anew"));
    assertFalse(host.shown.get(0).get(0).data().containsKey(WIDGET), "saved pages have no error");
  }

  @Test
  void aFunctionThatLacksANameSaysWhichInThePlaceOfItsResult() {
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      host.shell = shell;
      shell.eval("int half(int n) { return n / twoo; }");
      Installed.with(
          host,
          () ->
              assertEquals(
                  "half(int) cannot run: there is no variable twoo."
                      + " Correct the name, or define it.",
                  text(List.of(Captions.failed(new SPIResolutionException(1))))));
    }
  }

  @Test
  void theModelsAreThoseOfJupytersWidgets() {
    show(value -> value);
    assertEquals(
        List.of("LayoutModel", "SliderStyleModel", "FloatSliderModel", "DirectionalLinkModel"),
        host.opened.stream().map(opening -> state(opening).get("_model_name")).toList());
    for (CommOpening opening : host.opened) {
      assertEquals("jupyter.widget", opening.target());
      assertEquals(Map.of("version", "2.1.0"), opening.metadata());
      assertEquals("2.0.0", state(opening).get("_model_module_version"));
    }
    Map<?, ?> slider = state(host.opened.get(2));
    assertEquals("@jupyter-widgets/controls", slider.get("_model_module"));
    assertEquals("FloatSliderView", slider.get("_view_name"));
    assertEquals("threshold", slider.get("description"));
    assertEquals(
        List.of(0.0, 2.3, 0.1, 1.2),
        List.of(slider.get("min"), slider.get("max"), slider.get("step"), slider.get("value")));
    assertEquals("IPY_MODEL_" + host.opened.get(0).id(), slider.get("layout"));
    assertEquals("IPY_MODEL_" + host.opened.get(1).id(), slider.get("style"));
    assertEquals(
        List.of("IPY_MODEL_" + slider(), WidgetModels.ALIVE),
        state(host.opened.get(3)).get("target"));
  }

  @Test
  void theSliderIsDrawnOnceAFrontEndHasAnswered() {
    show(value -> value);
    host.tell(slider(), Map.of("method", "update", "state", Map.of(WidgetModels.ALIVE, false)));
    Content drawn = host.shown.get(0).get(1);
    assertEquals(
        "{\"version_major\":2,\"version_minor\":0,\"model_id\":\"" + slider() + "\"}",
        drawn.data().get(WIDGET));
    assertTrue(drawn.data().get(Content.HTML).contains("elsewhere change 1.2"));
    compute();
    assertEquals(List.of(1.2), asked, "it was not moved");
  }

  @Test
  void aMoveIsAnsweredAndComputed() {
    show(value -> "at " + value);
    Map<String, Object> echo = Map.of("method", "echo_update", "state", Map.of("value", 0.5));
    assertEquals(List.of(echo), move(0.5));
    compute();
    assertEquals(List.of("at 1.2", "at 0.5"), host.values.get(0));
    assertEquals(
        List.of("threshold = 1.2", "threshold = 0.5 ...", "threshold = 0.5"),
        host.shown.get(1).stream().map(content -> content.data().get(Content.TEXT)).toList());
    assertEquals(1, host.shown.get(0).size(), "the slider itself is not drawn anew");
  }

  @Test
  void aPageThatIsLoadedAgainIsToldAllStates() {
    show(value -> value);
    move(0.7);
    for (CommOpening opening : host.opened) {
      var answers = host.tell(opening.id(), Map.of("method", "request_state"));
      assertEquals("update", answers.get(0).get("method"));
      Map<?, ?> state = (Map<?, ?>) answers.get(0).get("state");
      assertEquals(state(opening).get("_model_name"), state.get("_model_name"));
      if (opening.id().equals(slider())) {
        assertEquals(0.7, state.get("value"));
      }
    }
  }

  @Test
  void theLastOfTheValuesThatArriveMeanwhileWins() {
    show(
        value -> {
          if (value == 0.1) {
            move(0.2);
            move(0.3);
            move(0.4);
          }
          return value;
        });
    move(0.1);
    compute();
    assertEquals(List.of(1.2, 0.1, 0.4), asked);
    assertEquals(List.<Object>of(1.2, 0.1, 0.4), host.values.get(0));
    move(0.5);
    compute();
    assertEquals(List.of(1.2, 0.1, 0.4, 0.5), asked, "and it goes on");
  }

  @Test
  void aFunctionThatThrowsSaysSoInItsPlaceAndTheNextValueIsComputed() {
    show(
        value -> {
          if (value == 0.1) {
            throw new IllegalStateException("too <low>\nby far");
          }
          if (value == 0.2) {
            throw new StackOverflowError();
          }
          if (value == 0.3) {
            throw new EglrError("no such threshold");
          }
          return value;
        });
    for (double value : new double[] {0.1, 0.2, 0.3, 0.4}) {
      move(value);
      compute();
    }
    List<Object> states = host.values.get(0);
    Content first = (Content) states.get(1);
    assertEquals("java.lang.IllegalStateException: too <low>", first.data().get(Content.TEXT));
    assertTrue(first.data().get(Content.HTML).contains("too &lt;low&gt;"));
    assertEquals(
        "java.lang.StackOverflowError", ((Content) states.get(2)).data().get(Content.TEXT));
    assertEquals("no such threshold", ((Content) states.get(3)).data().get(Content.TEXT));
    assertEquals(0.4, states.get(4));
    assertEquals("threshold = 0.4", text(host.shown.get(1)));
  }

  @Test
  void aFunctionThatThrowsAtFirstIsTheCellsError() {
    assertThrows(
        ArithmeticException.class,
        () ->
            show(
                value -> {
                  throw new ArithmeticException("first");
                }));
    assertTrue(host.shown.isEmpty() && host.values.isEmpty() && host.opened.isEmpty());
  }

  @Test
  void whatTheFunctionPrintsStandsWithItsValue() {
    var before = System.out;
    show(
        value -> {
          if (value < 1) {
            System.out.println("a < b");
            System.err.println("and more");
          }
          return value;
        });
    move(0.5);
    compute();
    assertEquals("threshold = 0.5\na < b\nand more", text(host.shown.get(1)));
    List<Content> captions = host.shown.get(1);
    String html = captions.get(captions.size() - 1).data().get(Content.HTML);
    assertTrue(html.contains("<pre style=\"margin:.2em 0\">a &lt; b\nand more</pre>"), html);
    assertEquals(before, System.out, "and then cells print as before");
  }

  @Test
  void aValueThatCannotBeDrawnSaysSo() {
    FakeHost drawing =
        new FakeHost() {
          @Override
          public ValueDisplay showValue(Object value) {
            ValueDisplay display = super.showValue(value);
            return update -> {
              if (update.equals(0.5)) {
                throw new IllegalStateException("this value cannot be shown: deep");
              }
              display.update(update);
            };
          }
        };
    WhatIf.show(
        drawing,
        new NumberControl("threshold", 0, 2.3, 0.1, 1.2),
        "change 1.2",
        value -> value,
        background::add);
    drawing.tell(
        drawing.opened.get(2).id(), Map.of("method", "update", "state", Map.of("value", 0.5)));
    compute();
    Content shown = (Content) drawing.values.get(0).get(1);
    assertEquals(
        "java.lang.IllegalStateException: this value cannot be shown: deep",
        shown.data().get(Content.TEXT));
  }

  @Test
  void aMessageThatIsNoneIsPassedOver() {
    show(value -> value);
    assertEquals(List.of(), host.tell(slider(), Map.of("method", "custom")));
    assertEquals(List.of(), host.tell(slider(), Map.of("method", "update", "state", "x")));
    assertEquals(List.of(), host.tell(slider(), Map.of()));
    move("high");
    move(99);
    compute();
    assertEquals(List.of(1.2), asked);
  }
}
