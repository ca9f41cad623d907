/** Options and logs of the two training stages (section 4.4). */
package org.eglr.train;
