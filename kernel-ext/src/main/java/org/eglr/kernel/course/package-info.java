/** The course's checks, guesses and comparisons, and what is remembered of them. */
package org.eglr.kernel.course;
