/**
 * Questions that take many worlds, variants and seeds to answer, each by one command: {@code ./eglr
 * experiment NAME}. A {@link org.eglr.study.Study} is an {@link org.eglr.experiment.Experiment} in
 * each of its worlds; its results are a CSV file, which tables and notebooks read.
 */
package org.eglr.study;
