/** Controls that a reader moves in a notebook, drawn by Jupyter's widgets where there are any. */
package org.eglr.kernel.widget;
