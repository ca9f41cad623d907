package org.eglr.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.eglr.data.Schema;

/** What a model does to a data set of given columns; all that can be refused is refused here. */
final class RerankPlan {

  private final GroupedLists grouping; // null: the rows are lists
  private final RowRequests requests;
  private final AddedColumns added;
  private final int batchSize;

  RerankPlan(RerankParams<?> params, StructType before, Schema schema) {
    boolean grouped = params.isDefined(params.groupCol());
    grouping = grouped ? new GroupedLists(params, before, schema) : null;
    StructType lists = grouped ? grouping.rows() : before;
    requests = new RowRequests(params, lists, schema, grouped ? GroupedLists.USERS : null);
    added = new AddedColumns(params, lists);
    batchSize = (Integer) params.getOrDefault(params.batchSize());
  }

  /** The rows as they are afterwards. */
  StructType after() {
    StructType after = new StructType();
    for (var field : added.rows().fields()) {
      after = field.name().equals(GroupedLists.USERS) ? after : after.add(field);
    }
    return after;
  }

  Dataset<Row> run(Dataset<Row> before, SharedModel model) {
    GeneratedCode.warn(before.sparkSession());
    Dataset<Row> lists = grouping == null ? before : grouping.of(before);
    PartitionReranking reranking = new PartitionReranking(model, requests, added, batchSize);
    Dataset<Row> after = lists.mapPartitions(reranking, Encoders.row(added.rows()));
    return grouping == null ? after : after.drop(GroupedLists.USERS);
  }
}
