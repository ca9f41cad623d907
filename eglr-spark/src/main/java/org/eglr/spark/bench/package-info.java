/** What re-ranking on Spark costs beside one machine; {@code ./eglr bench --spark}. */
package org.eglr.spark.bench;
