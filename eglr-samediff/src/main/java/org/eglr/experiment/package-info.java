/** Experiments: settings varied over a grid, many seeds, paired differences with honest errors. */
package org.eglr.experiment;
