/**
 * What both engines share: architecture, weights, requests as numbers, lists that are being
 * written, and what an engine must do. Nothing of ND4J.
 */
package org.eglr.internal.model;
