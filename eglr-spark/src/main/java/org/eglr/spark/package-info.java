/**
 * EGLR on Apache Spark: {@link org.eglr.spark.EglrRerankModel} re-ranks lists of any number on a
 * cluster, {@link org.eglr.spark.EglrReranker} fits one. Both compute in plain Java.
 */
package org.eglr.spark;
