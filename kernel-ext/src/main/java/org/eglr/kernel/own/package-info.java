/** What our own kernel does beyond JJava: reading cells, trimming traces, watching its parent. */
package org.eglr.kernel.own;
