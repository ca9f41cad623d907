/** The {@code %eglr} magics: one class a command, each a thin line over the fluent API. */
package org.eglr.kernel.magic;
