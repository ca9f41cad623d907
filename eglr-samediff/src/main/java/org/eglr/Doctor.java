package org.eglr;

import org.eglr.internal.Workers;
import org.eglr.internal.nn.Backend;

/**
 * Says what the library finds when it starts, one line a check: {@code check TAB state TAB found
 * [TAB remedy]}, where the state is {@code ok}, {@code to do} or {@code missing}. Called by {@code
 * ./eglr doctor}.
 */
public final class Doctor {

  private Doctor() {}

  /** Prints the checks; exits with 1 if ND4J does not work. */
  public static void main(String[] args) {
    try {
      int workers = Workers.shared().size();
      System.out.println("Workers\tok\t%d (-D%s)".formatted(workers, Workers.PROPERTY));
      System.out.println("ND4J backend\tok\t" + Backend.describe());
    } catch (RuntimeException | LinkageError e) {
      String remedy = "build on this machine: ./eglr quickstart";
      System.out.println("ND4J backend\tmissing\t" + rootMessage(e) + "\t" + remedy);
      System.exit(1);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }
}
