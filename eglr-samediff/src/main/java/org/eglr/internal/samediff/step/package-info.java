/** Writing lists in batches, a token of every list at a time (eq. 10-14). */
package org.eglr.internal.samediff.step;
