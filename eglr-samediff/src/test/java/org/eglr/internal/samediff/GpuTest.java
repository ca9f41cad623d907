package org.eglr.internal.samediff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about a GPU, or about why there is none. */
class GpuTest {

  @Test
  void a_build_without_cuda() {
    Gpu gpu = Gpu.look("org.eglr.NoSuchBackend");
    assertFalse(gpu.usable());
    assertEquals("this build has no CUDA backend", gpu.found());
    assertTrue(gpu.remedy().contains("-Pcuda"), gpu.remedy());
  }

  @Test
  void another_backend_that_came_first() {
    if (Backend.onHost()) {
      Gpu gpu = Gpu.look(org.nd4j.linalg.factory.Nd4j.getBackend().getClass().getName());
      assertFalse(gpu.usable());
      assertEquals("ND4J took CpuBackend before its CUDA backend", gpu.found());
    }
  }

  /** Texts as the CUDA libraries and their loader write them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /x/libjnicudart.so: libcuda.so.1: cannot open shared object file: No such file | the NVIDIA driver is not installed | nvidia-smi
          no cudart in java.library.path: /usr/lib | a CUDA library is missing | -Dcuda.redist
          /x/libnd4jcuda.so: libcublas.so.11: cannot open shared object file | a CUDA library is missing | gpu-bundle
          No CUDA devices were found in system | the driver finds no card | CUDA_VISIBLE_DEVICES
          CUDA driver version is insufficient for CUDA runtime version | the NVIDIA driver is too old for this CUDA | update the driver
          no kernel image is available for execution on the device | this build holds no machine code for the card's compute capability | gpu-bundle
          cudaGetSymbolAddress(...) failed; Error code: [13] | this build holds no machine code for the card's compute capability | -Pcuda
          out of cheese | ND4J's CUDA backend does not work | gpu-check
          """)
  void troubles(String said, String what, String remedy) {
    Gpu gpu = GpuTrouble.of(new IllegalStateException("outer", new UnsatisfiedLinkError(said)));
    assertFalse(gpu.usable());
    assertEquals(what + " (" + said + ")", gpu.found());
    assertTrue(gpu.remedy().contains(remedy), gpu.remedy());
  }

  @Test
  void a_failure_without_a_message() {
    Gpu gpu = GpuTrouble.of(new NoClassDefFoundError());
    assertEquals("ND4J's CUDA backend does not work (java.lang.NoClassDefFoundError)", gpu.found());
  }

  @Test
  void cards_by_name_capability_and_memory() {
    Map<String, Object> card =
        Map.of(
            "cuda.deviceName",
            "NVIDIA H100 80GB HBM3",
            "cuda.deviceMajor",
            9,
            "cuda.deviceMinor",
            0,
            "cuda.totalMemory",
            85L << 30);
    assertEquals(
        "NVIDIA H100 80GB HBM3, compute capability 9.0, 85.0 GiB",
        Gpu.cards(Map.of("cuda.devicesInformation", List.of(card))));
    assertEquals("a card that ND4J does not name", Gpu.cards(Map.of()));
  }

  @Test
  void free_memory_of_the_first_card() {
    Map<String, Object> environment =
        Map.of(
            "cuda.devicesInformation",
            List.of(Map.of("cuda.freeMemory", 70L << 30), Map.of("cuda.freeMemory", 1L)));
    assertEquals(70L << 30, Gpu.freeMemory(environment));
    assertEquals(0, Gpu.freeMemory(Map.of("cuda.devicesInformation", List.of(Map.of()))));
    assertEquals(0, Gpu.freeMemory(Map.of()));
    assertEquals(4L << 30, Gpu.assumed(0), "what is not told");
    assertEquals(1, Gpu.assumed(1));
    if (Backend.onHost()) {
      assertEquals(Long.MAX_VALUE, Gpu.freeMemory());
    }
  }
}
