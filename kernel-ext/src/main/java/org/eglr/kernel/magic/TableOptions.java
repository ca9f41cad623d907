package org.eglr.kernel.magic;

import java.util.stream.Stream;
import org.eglr.data.TableRoles;
import picocli.CommandLine.Option;

/** The roles of own data's columns, as options of {@code %eglr data}. */
final class TableOptions {

  @Option(
      names = "--list",
      paramLabel = "COLUMN",
      description = "which list a row is of; makes SOURCE a table of your own")
  private String list;

  @Option(names = "--user", paramLabel = "COLUMN", description = "who saw the list (own data)")
  private String user;

  @Option(names = "--item", paramLabel = "COLUMN", description = "the candidate (own data)")
  private String item;

  @Option(names = "--clicked", paramLabel = "COLUMN", description = "0 or 1 (own data)")
  private String clicked;

  @Option(
      names = "--position",
      paramLabel = "COLUMN",
      description = "place in the list; empty where not shown (own data)")
  private String position;

  @Option(names = "--time", paramLabel = "COLUMN", description = "data are split by it (own data)")
  private String time;

  @Option(
      names = "--utility",
      paramLabel = "COLUMN",
      description = "what an item shown was worth; a list has the sum (own data)")
  private String utility;

  @Option(names = "--label", paramLabel = "COLUMN", description = "an item's name (own data)")
  private String label;

  @Option(
      names = "--userFields",
      split = ",",
      arity = "1",
      paramLabel = "COLUMNS",
      description = "what is known of the user (own data)")
  private String[] userFields = {};

  @Option(
      names = "--itemFields",
      split = ",",
      arity = "1",
      paramLabel = "COLUMNS",
      description = "what is known of the item (own data)")
  private String[] itemFields = {};

  @Option(
      names = "--categorical",
      split = ",",
      arity = "1",
      paramLabel = "COLUMNS",
      description = "fields whose numbers are names (own data)")
  private String[] categorical = {};

  @Option(
      names = "--dense",
      split = ",",
      arity = "1",
      paramLabel = "COLUMNS",
      description = "fields whose whole numbers are amounts (own data)")
  private String[] dense = {};

  /** Whether a role is given; then the source is a table. */
  boolean given() {
    return Stream.of(list, user, item, clicked, position, time, utility, label)
            .anyMatch(column -> column != null)
        || userFields.length + itemFields.length + categorical.length + dense.length > 0;
  }

  /** Gives the columns their roles. */
  void apply(TableRoles roles) {
    roles
        .list(list)
        .user(user)
        .item(item)
        .clicked(clicked)
        .position(position)
        .time(time)
        .label(label)
        .userFields(userFields)
        .itemFields(itemFields)
        .categorical(categorical)
        .dense(dense);
    if (utility != null) {
      roles.utility(utility);
    }
  }
}
