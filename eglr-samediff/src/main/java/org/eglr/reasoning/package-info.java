/** When and how the generator reasons inside a list (section 4.3). */
package org.eglr.reasoning;
