/** How a list was made: decisions, entropies, reasoning tokens. */
package org.eglr.decode;
