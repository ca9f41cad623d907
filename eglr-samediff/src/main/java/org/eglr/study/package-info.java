/**
 * Questions that take many worlds, variants and seeds to answer, each by one command: {@code ./eglr
 * experiment NAME}. A {@link org.eglr.study.Study} is an {@link org.eglr.experiment.Experiment} in
 * each of its worlds; its results are a CSV file, which tables and notebooks read.
 *
 * <p>A {@link org.eglr.study.PaperTable} is a table or figure of the paper: {@link
 * org.eglr.study.PaperSystem systems} that are trained and measured on a {@link
 * org.eglr.study.Bench}, whose runs are kept and shared; {@link org.eglr.study.Findings} compares
 * them.
 */
package org.eglr.study;
