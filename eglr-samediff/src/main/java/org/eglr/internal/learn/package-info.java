/** Training loops: batches, optimiser, validation, checkpoints; on the host or on a device. */
package org.eglr.internal.learn;
