package org.eglr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.eglr.internal.model.RandomRequests;
import org.eglr.internal.samediff.Controls;
import org.eglr.internal.samediff.Gpu;
import org.eglr.reasoning.ReasoningToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which engine computes on which device, and what a user is told who cannot have it. */
class DeviceTest {

  private static final Gpu CARD = new Gpu(true, "a card", "");
  private static final Gpu NONE = new Gpu(false, "the driver finds no card (x)", "look for it");

  @ParameterizedTest
  @CsvSource({
    "auto, , true, SAMEDIFF",
    "auto, , false, JAVA",
    "auto, JAVA, true, JAVA",
    "auto, SAMEDIFF, false, SAMEDIFF",
    "cpu, , true, JAVA",
    "cpu, JAVA, true, JAVA",
    "cpu, SAMEDIFF, false, SAMEDIFF",
    "gpu, , true, SAMEDIFF",
    "GPU, SAMEDIFF, true, SAMEDIFF"
  })
  void engines(String device, Engine asked, boolean card, Engine expected) {
    assertEquals(expected, Device.named(device).engine(asked, 256, true, () -> card ? CARD : NONE));
  }

  @ParameterizedTest
  @CsvSource({
    "auto, , SAMEDIFF, JAVA",
    "auto, , JAVA, JAVA",
    "auto, SAMEDIFF, SAMEDIFF, SAMEDIFF",
    "gpu, , SAMEDIFF, SAMEDIFF",
    "cpu, SAMEDIFF, SAMEDIFF, SAMEDIFF"
  })
  void single_lists_are_left_to_the_cpu_where_nobody_says_otherwise(
      String device, Engine asked, Engine bulk, Engine expected) {
    assertEquals(expected, Device.named(device).single(asked, bulk));
  }

  @Test
  void a_gpu_that_is_not_there_is_refused_with_reason_and_remedy() {
    var error =
        assertThrows(
            IllegalStateException.class, () -> Device.GPU.engine(null, 64, true, () -> NONE));
    assertEquals(
        "device 'gpu' cannot be used: the driver finds no card (x). Remedy: look for it; or device"
            + " 'cpu' or 'auto'",
        error.getMessage());
  }

  @Test
  void what_has_no_graph_is_left_to_the_cpu_unless_a_gpu_is_asked_for() {
    assertEquals(Engine.JAVA, Device.AUTO.engine(null, 512, false, () -> CARD));
    assertEquals(Engine.SAMEDIFF, Device.GPU.engine(null, 512, false, () -> CARD), "refused there");
    EglrBuilder builder = Eglr.builder(RandomRequests.SCHEMA);
    assertTrue(Controls.hasGraph(builder.settings()));
    assertFalse(Controls.hasGraph(builder.decoderLayers(2).settings()));
    builder.decoderLayers(1).reasoning(r -> r.token(ReasoningToken.ZERO));
    assertFalse(Controls.hasGraph(builder.settings()));
    assertTrue(Controls.hasGraph(builder.reasoning(r -> r.maxSteps(0)).settings()), "no token");
  }

  @Test
  void contradictions() {
    assertMessage(
        "setting 'engine' is JAVA; allowed: SAMEDIFF with device gpu",
        () -> Device.GPU.engine(Engine.JAVA, 64, true, () -> CARD));
    assertMessage(
        "setting 'engine' is SAMEDIFF; allowed: JAVA with device cpu: graphs run on the GPU",
        () -> Device.CPU.engine(Engine.SAMEDIFF, 64, true, () -> CARD));
    assertMessage("setting 'device' is tpu; allowed: auto, cpu or gpu", () -> Device.named("tpu"));
    assertMessage("setting 'device' is null; allowed: auto, cpu or gpu", () -> Device.named(null));
  }

  @Test
  void narrow_models_are_faster_on_the_cpu() {
    assertEquals(Engine.JAVA, Device.AUTO.engine(null, 252, true, () -> CARD));
    assertEquals(Engine.SAMEDIFF, Device.AUTO.engine(null, 256, true, () -> CARD));
    assertEquals(Engine.SAMEDIFF, Device.GPU.engine(null, 64, true, () -> CARD));
  }

  @Test
  void plain_java_on_the_cpu_never_loads_nd4j() {
    Supplier<Gpu> forbidden = () -> fail();
    assertEquals(Engine.JAVA, Device.CPU.engine(null, 512, true, forbidden));
    assertEquals(Engine.JAVA, Device.CPU.engine(Engine.JAVA, 512, true, forbidden));
    assertEquals(Engine.JAVA, Device.AUTO.engine(Engine.JAVA, 512, true, forbidden));
  }

  private static Gpu fail() {
    throw new AssertionError("looked for a GPU");
  }

  @Test
  void a_model_says_where_it_computes() {
    Eglr eglr = Eglr.builder(RandomRequests.SCHEMA).width(8).heads(2).device("cpu").build();
    assertEquals(Engine.JAVA, eglr.engine());
    assertTrue(eglr.hardware().startsWith("CPU, plain Java, "), eglr.hardware());
    String graphs = eglr.withEngine(Engine.SAMEDIFF).hardware();
    assertTrue(graphs.matches("(CPU, SameDiff on CpuBackend|GPU, ).*"), graphs);
    if (!Gpu.inBuild()) {
      assertTrue(
          eglr.hardware().endsWith("GPU not used: this build has no CUDA backend"),
          eglr.hardware());
      var error = assertThrows(IllegalStateException.class, () -> eglr.withDevice("gpu"));
      assertTrue(
          error.getMessage().startsWith("device 'gpu' cannot be used: this build has no CUDA"));
    }
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
