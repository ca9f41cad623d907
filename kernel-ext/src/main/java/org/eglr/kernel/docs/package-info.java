/** The documentation site: the guide's pages, run; the reference, generated; both as plain HTML. */
package org.eglr.kernel.docs;
