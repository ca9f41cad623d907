package org.eglr.kernel.own;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A cell's {@code System.in}: what the cell has printed is shown before it asks for input. */
public final class PromptedInput extends FilterInputStream {

  private final Runnable sendPrinted;

  public PromptedInput(InputStream in, Runnable sendPrinted) {
    super(in);
    this.sendPrinted = sendPrinted;
  }

  @Override
  public int read() throws IOException {
    sendPrinted.run();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    sendPrinted.run();
    return super.read(bytes, offset, length);
  }
}
