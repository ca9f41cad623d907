package org.eglr.metrics;

import java.util.Map;

/** The values of each list that a report's means are taken of. */
record PerList(Map<String, double[]> columns, Clusters users, ListCounts counts) {}
