package org.eglr.internal.samediff;

import java.util.Arrays;
import java.util.regex.Pattern;

/** What keeps ND4J from using a GPU, told from what it and CUDA say, and the remedy. */
enum GpuTrouble {
  DRIVER_MISSING(
      "libcuda\\.so|nvcuda",
      "the NVIDIA driver is not installed",
      "install it, until nvidia-smi lists the card"),
  DRIVER_OLD(
      "driver version is insufficient|CUDA_ERROR_SYSTEM_DRIVER_MISMATCH",
      "the NVIDIA driver is too old for this CUDA",
      "update the driver"),
  NO_CARD(
      "[Nn]o CUDA(-capable)? device|CUDA_ERROR_NO_DEVICE",
      "the driver finds no card",
      "nvidia-smi must list it, and CUDA_VISIBLE_DEVICES must not hide it"),
  NO_CODE(
      "no kernel image|invalid device symbol|invalid device function|Error code: \\[(8|13|209)\\]",
      "this build holds no machine code for the card's compute capability",
      "up to 8.x build with -Pcuda; for newer cards: ./eglr gpu-bundle"),
  LIBRARY_MISSING(
      "(cudart|cublas|cusolver|cusparse|nd4jcuda)\\S*( in java.library.path|: cannot open)",
      "a CUDA library is missing",
      "build with -Pcuda -Dcuda.redist, or install CUDA 11.6; for newer cards: ./eglr gpu-bundle"),
  OTHER("", "ND4J's CUDA backend does not work", "./eglr gpu-check tells how far it gets");

  private final Pattern sign;
  private final String what;
  private final String remedy;

  GpuTrouble(String sign, String what, String remedy) {
    this.sign = Pattern.compile(sign);
    this.what = what;
    this.remedy = remedy;
  }

  static Gpu noBackend() {
    return new Gpu(
        false,
        "this build has no CUDA backend",
        "for cards of compute capability up to 8.x build with -Pcuda; for newer ones: ./eglr"
            + " gpu-bundle");
  }

  /** ND4J took another backend although the CUDA one is there. */
  static Gpu skipped(String taken) {
    return new Gpu(
        false,
        "ND4J took " + taken + " before its CUDA backend",
        "leave only one backend on the class path, or unset BACKEND_PRIORITY_CPU");
  }

  static Gpu of(Throwable failure) {
    String said = rootMessage(failure);
    GpuTrouble trouble =
        Arrays.stream(values()).filter(t -> t.sign.matcher(said).find()).findFirst().orElseThrow();
    return new Gpu(false, trouble.what + " (" + said + ")", trouble.remedy);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return message.lines().findFirst().orElse(root.toString());
  }
}
