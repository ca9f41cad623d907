/** How values look in a notebook: small tables in HTML, each with a plain-text twin. */
package org.eglr.kernel.view;
