/**
 * Entropy-guided latent reasoning: {@link org.eglr.Eglr} is where to begin.
 *
 * <p>The same seed, data and settings give the same weights, lists and logs, to the bit: in every
 * run, with any number of threads, on every JDK from 17 on, and where a training was stopped and
 * resumed. That holds while the same kernels compute: the JDK's Vector API, whatever the length of
 * its vectors, or plain loops. Between these two, and between the engines, float32 agrees to 1e-4
 * of scores, losses and gradients. Reasoning tokens of {@link
 * org.eglr.reasoning.ReasoningToken#PLAIN} feed the decoder's output back, and rounding errors grow
 * with it: at sharp weights the log-probability of a list may differ by 1e-3.
 */
package org.eglr;
