/** What re-ranking and training on Spark cost beside one machine; {@code ./eglr bench --spark}. */
package org.eglr.spark.bench;
