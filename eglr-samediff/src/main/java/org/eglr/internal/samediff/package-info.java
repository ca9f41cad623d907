/**
 * SameDiff graphs as fixed programs on any ND4J backend: their execution and memory, and the blocks
 * that networks are made of.
 */
package org.eglr.internal.samediff;
