/** The evaluator (eq. 6-8, 15-17) as a graph. */
package org.eglr.internal.samediff.evaluator;
