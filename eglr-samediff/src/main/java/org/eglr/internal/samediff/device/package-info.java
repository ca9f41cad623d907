/** What stays on a device from call to call: weights, tables, feature rows. */
package org.eglr.internal.samediff.device;
