/** The notebook kernel extension: the {@code %eglr} magics, charts and the live display. */
package org.eglr.kernel;
