/** How charts look and become pictures. */
package org.eglr.kernel.chart;
