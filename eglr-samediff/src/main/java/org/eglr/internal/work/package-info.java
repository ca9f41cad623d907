/** Threads, and how work is cut into parts for them. */
package org.eglr.internal.work;
