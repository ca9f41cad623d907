/** What {@code ./eglr bench} times: a worker that does one kind of work at a time on demand. */
package org.eglr.bench;
