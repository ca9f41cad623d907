/**
 * The plain-Java engine: layers forward and back, decoding with a key/value cache, replay. Nothing
 * of ND4J.
 */
package org.eglr.internal.cpu;
