/** Simulated exposure-list logs whose click model is known exactly. */
package org.eglr.data.sim;
