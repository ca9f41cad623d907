/** The check that graphics cards are put to, started by {@code ./eglr gpu-check}. */
package org.eglr.gpu;
