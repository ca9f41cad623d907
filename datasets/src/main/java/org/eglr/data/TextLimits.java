package org.eglr.data;

/**
 * How large a text file may be, so that no file exhausts the memory.
 *
 * @param bytes size of the file
 * @param lines number of lines
 * @param lineBytes length of one line, without its end
 */
record TextLimits(long bytes, int lines, int lineBytes) {}
