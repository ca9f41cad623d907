/** What settings and arguments may be. */
package org.eglr.internal.check;
