/**
 * Re-rankers to set beside {@link org.eglr.Eglr}: plain references, and those that learn; {@link
 * org.eglr.rerank.RerankerCatalog} has them all by name.
 *
 * <p>One of your own is one definition in SameDiff with automatic differentiation: a {@link
 * org.eglr.rerank.ScoringModel} gives every candidate a score, a {@link org.eglr.rerank.StepModel}
 * writes a list item by item. Features, training, decoding, measuring and files are the library's.
 */
package org.eglr.rerank;
