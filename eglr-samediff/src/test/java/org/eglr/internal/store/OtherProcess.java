package org.eglr.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A second process that holds something until it is killed. */
@SuppressWarnings("try") // what is held is not named
public final class OtherProcess implements AutoCloseable {

  private static final String READY = "ready";

  private final Process process;

  /**
   * @param what "lock" takes the run's lock, "part" begins to write and does not end
   */
  OtherProcess(String what, Path file) throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    OtherProcess.class.getName(),
                    what,
                    file.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertEquals(READY, said.readLine());
  }

  long pid() {
    return process.pid();
  }

  /** Kills the process as a power cut would: nothing of it runs any more. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[1]);
    if (arguments[0].equals("lock")) {
      try (RunLock lock = RunLock.take(file)) {
        stay();
      }
    } else {
      PartFile.write(
          file,
          out -> {
            out.write(1);
            stay();
          });
    }
  }

  private static void stay() throws IOException {
    System.out.println(READY);
    while (System.in.read() >= 0) {} // until it is killed, or its parent ends
  }
}
