/**
 * What a model computes with whatever its engine: scoring lists with the evaluator, writing lists
 * with the generator.
 */
package org.eglr.internal;
