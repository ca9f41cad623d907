/** Entropy-guided latent reasoning: {@link org.eglr.Eglr} is where to begin. */
package org.eglr;
