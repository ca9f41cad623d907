package org.eglr.kernel.jjava;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.eglr.kernel.own.ParentWatch;

/** Starts our kernel: {@code KernelMain connection_file}, as Jupyter calls it. */
public final class KernelMain {

  private KernelMain() {}

  public static void main(String[] arguments) {
    try {
      run(arguments);
    } catch (Throwable failure) {
      failure.printStackTrace();
      System.exit(1); // Threads of the connection would keep the process.
    }
  }

  private static void run(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      System.err.println("usage: KernelMain CONNECTION_FILE; Jupyter writes it, see kernel.json");
      System.exit(2);
    }
    if (arguments[0].equals("--practice")) {
      Practice.run();
      System.exit(0);
    }
    ParentWatch.start();
    Thread.setDefaultUncaughtExceptionHandler(KernelMain::ended);
    KernelConnectionProperties properties =
        KernelConnectionProperties.parse(Files.readString(Path.of(arguments[0])));
    EglrKernel kernel = KernelSetup.start(System.getenv());
    GuardedConnection connection = new GuardedConnection(properties, kernel);
    connection.connect();
    connection.waitUntilClose();
  }

  /**
   * Without a thread that carries its messages the kernel would be deaf: it ends, and Jupyter
   * starts it anew. Only a heap that is full ends such a thread. Other threads are the cells' own.
   */
  private static void ended(Thread thread, Throwable failure) {
    String name = thread.getName();
    boolean carries = name.startsWith("iothread") || name.startsWith("reaper");
    try {
      System.err.println("Exception in thread \"" + name + "\"");
      failure.printStackTrace();
    } catch (Throwable again) {
      Thread.onSpinWait(); // Its text fails, too, or there is no memory for it.
    } finally {
      if (carries) {
        Runtime.getRuntime().halt(1);
      }
    }
  }
}
