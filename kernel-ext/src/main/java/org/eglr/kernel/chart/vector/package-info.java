/** Drawings as shapes and words: SVG and PDF files without a further library. */
package org.eglr.kernel.chart.vector;
