/** Kernels over arrays of floats: plain loops, and the JDK's Vector API. */
package org.eglr.internal.math;
