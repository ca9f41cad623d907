/** Raw logs to exposure lists: loaders, the simulator, splits and vocabularies. */
package org.eglr.data;
