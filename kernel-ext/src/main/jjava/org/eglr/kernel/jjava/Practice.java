package org.eglr.kernel.jjava;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;

/**
 * A kernel without a front end that does what most notebooks begin with. The class-data archive is
 * made of what it loads.
 */
final class Practice {

  private static final String CONNECTION =
      """
      {"ip": "127.0.0.1", "transport": "tcp", "signature_scheme": "hmac-sha256", "key": "practice",
       "control_port": 0, "shell_port": 0, "stdin_port": 0, "hb_port": 0, "iopub_port": 0}
      """;

  private static final List<String> CELLS =
      List.of(
          "1 + 1",
          "var practice = List.of(1, 2); System.out.println(practice);",
          "%eglr help",
          "%eglr data simulated ad --lists 60",
          "%eglr plot lists",
          "%eglr reset");

  private Practice() {}

  static void run() throws Exception {
    EglrKernel kernel = KernelSetup.start(System.getenv());
    GuardedConnection connection =
        new GuardedConnection(KernelConnectionProperties.parse(CONNECTION), kernel);
    connection.connect();
    for (String cell : CELLS) {
      kernel.evalBuilder(cell).resolveMagics().renderResults().eval();
    }
    kernel.complete("System.o", 8);
    kernel.complete("%eglr da", 8);
    kernel.onShutdown(false);
    connection.close();
  }
}
