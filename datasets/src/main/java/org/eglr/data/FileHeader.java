package org.eglr.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The header that a separated file must have: the needed columns in any order, each of the declared
 * type, with or without others between them.
 *
 * @param columns what is read
 * @param names what the file calls them, with RecBole's types: {@code user_id:token}
 */
record FileHeader(List<FileColumn> columns, List<String> names) {

  /**
   * The columns of a file with this header, in its order; those that are not read are skipped.
   *
   * @param line the file's first line; null if there is none
   * @throws DataException saying what differs
   */
  List<FileColumn> arrange(Path file, String line, Separator separator) {
    String header = line == null ? "" : line;
    List<String> found = separator.split(header).stream().map(String::strip).toList();
    if (found.stream().noneMatch(names::contains)) {
      throw DataException.at(file, 1, noHeader(header, separator));
    }
    Set<String> seen = new HashSet<>();
    List<FileColumn> arranged = new ArrayList<>();
    for (String name : found) {
      if (!seen.add(name)) {
        throw DataException.at(
            file, 1, "the header names '%s' twice".formatted(DataException.printable(name)));
      }
      int known = names.indexOf(name);
      arranged.add(known < 0 ? FileColumn.skipped(name) : columns.get(known));
    }
    requireNeeded(file, header, found);
    return arranged;
  }

  private String noHeader(String header, Separator separator) {
    return separator
        .insteadIn(header, cells -> cells.stream().anyMatch(names::contains))
        .orElseGet(
            () ->
                "'%s' is no header; needed are the columns %s, separated by %s, in any order"
                    .formatted(
                        DataException.printable(header),
                        String.join(", ", needed()),
                        separator.words()));
  }

  private List<String> needed() {
    return names.stream().filter(name -> columns.get(names.indexOf(name)).read()).toList();
  }

  private void requireNeeded(Path file, String header, List<String> found) {
    List<String> missing = needed().stream().filter(name -> !found.contains(name)).toList();
    if (missing.isEmpty()) {
      return;
    }
    String first = missing.get(0);
    String column = first.replaceFirst(":.*", "") + ":";
    for (String name : found) {
      if (name.startsWith(column) && !names.contains(name)) {
        throw DataException.at(
            file,
            1,
            "the header has '%s' where '%s' is needed"
                .formatted(DataException.printable(name), first));
      }
    }
    throw DataException.at(
        file,
        1,
        "the header '%s' lacks %s"
            .formatted(
                DataException.printable(header),
                String.join(", ", missing.stream().map(name -> "'" + name + "'").toList())));
  }
}
