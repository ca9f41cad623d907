/** How well lists are ordered, as LibRerank measures it, and against the truth. */
package org.eglr.metrics;
