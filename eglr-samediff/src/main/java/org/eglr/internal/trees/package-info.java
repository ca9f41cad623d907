/**
 * Gradient-boosted trees: read from LightGBM's text and evaluated in plain Java; only {@link
 * org.eglr.internal.trees.LightGbm}, which trains them, needs LightGBM.
 */
package org.eglr.internal.trees;
