/** Searches for the lists that an evaluator likes best. */
package org.eglr.internal.headroom;
