/** Model files and checkpoints: zips of JSON and safetensors, checked before they are believed. */
package org.eglr.internal.store;
