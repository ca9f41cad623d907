/**
 * Re-rankers to set beside {@link org.eglr.Eglr}: plain references, and those that learn; {@link
 * org.eglr.rerank.RerankerCatalog} has them all by name.
 */
package org.eglr.rerank;
