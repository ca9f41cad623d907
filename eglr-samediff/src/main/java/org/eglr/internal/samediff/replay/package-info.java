/** The gradient of GRPO's loss (eq. 19) through written lists and their reasoning tokens. */
package org.eglr.internal.samediff.replay;
