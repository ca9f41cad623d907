package org.eglr.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads LibRerank's text files of exposure lists; {@link Datasets#libRerank} tells the format. */
final class LibRerank {

  static final TextLimits LIMITS = new TextLimits(1L << 30, 2_000_000, 1 << 16);
  static final int MAX_CANDIDATES = 20_000_000;

  private record Exposure(int user, int[] pool, boolean[] clicks) {}

  private final LibRerankEntities users = new LibRerankEntities("users", "profile");
  private final LibRerankEntities items = new LibRerankEntities("items", "item");
  private final Map<String, Integer> userRows = new HashMap<>();
  private final Map<String, Integer> itemRows = new HashMap<>();
  private final Map<String, Integer> versions = new HashMap<>();
  private final List<Exposure> lists = new ArrayList<>();
  private long candidates;
  private int[] widths;

  private final int longest;

  private LibRerank(int longest) {
    this.longest = longest;
  }

  static ListLog read(List<Path> files) {
    if (files.isEmpty()) {
      throw new DataException("libRerank() needs at least one file");
    }
    LibRerank reader = new LibRerank(Integer.MAX_VALUE);
    files.forEach(reader::readFile);
    return reader.log(files.get(0).getFileName().toString());
  }

  static Splits readSplits(Path train, Path valid, Path test, int longest) {
    if (longest < 2) {
      throw new DataException("longest(%d): a list has 2 items or more".formatted(longest));
    }
    LibRerank reader = new LibRerank(longest);
    int[] ends = new int[3];
    List<Path> files = List.of(train, valid, test);
    for (int part = 0; part < ends.length; part++) {
      reader.readFile(files.get(part));
      ends[part] = reader.lists.size();
    }
    return reader
        .log(train.getFileName().toString())
        .split(range(0, ends[0]), range(ends[0], ends[1]), range(ends[1], ends[2]));
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  private void readFile(Path file) {
    int before = lists.size();
    try (TextLines lines = TextLines.open(file, StandardCharsets.UTF_8, LIMITS)) {
      for (String line = lines.nextFilled(); line != null; line = lines.nextFilled()) {
        add(file, lines.number(), LibRerankLine.of(file, lines.number(), line).first(longest));
      }
    }
    if (lists.size() == before) {
      throw new DataException(file.getFileName() + " is empty; expected is one list a line");
    }
  }

  private void add(Path file, int number, LibRerankLine line) {
    int[] found = {line.profile().length, line.ids()[0].length, line.dense()[0].length};
    widths = widths == null ? found : widths;
    if (!Arrays.equals(widths, found)) {
      throw DataException.at(
          file,
          number,
          "%d profile ids, %d ids and %d dense values an item; the first line has %d, %d and %d"
              .formatted(found[0], found[1], found[2], widths[0], widths[1], widths[2]));
    }
    candidates += line.ids().length;
    if (candidates > MAX_CANDIDATES) {
      throw DataException.at(
          file,
          number,
          String.format(
              Locale.ROOT, "more than %,d items shown in all; give fewer lists", MAX_CANDIDATES));
    }
    lists.add(new Exposure(user(file, number, line), pool(line), line.clicks()));
  }

  private int user(Path file, int number, LibRerankLine line) {
    String[] profile = users.texts(line.profile());
    Integer known = userRows.get(line.user());
    if (known == null) {
      known = users.add(line.user(), profile, new double[0]);
      userRows.put(line.user(), known);
    } else if (!Arrays.equals(users.ids(known), profile)) {
      throw new Cell(file, number, "profile", Arrays.toString(profile))
          .error(
              "differs from %s, user %s's in an earlier line; a user has one profile"
                  .formatted(Arrays.toString(users.ids(known)), line.user()));
    }
    return known;
  }

  private int[] pool(LibRerankLine line) {
    int[] pool = new int[line.ids().length];
    Map<String, Integer> times = new HashMap<>();
    for (int i = 0; i < pool.length; i++) {
      String numbers = Arrays.toString(line.ids()[i]) + Arrays.toString(line.dense()[i]);
      int time = times.merge(numbers, 1, Integer::sum);
      pool[i] = item(numbers + time, line.ids()[i], line.dense()[i]);
    }
    return pool;
  }

  private int item(String identity, long[] ids, double[] dense) {
    Integer known = itemRows.get(identity);
    if (known == null) {
      String first = Long.toString(ids[0]);
      int version = versions.merge(first, 1, Integer::sum);
      String key = version == 1 ? first : first + "#" + version;
      known = items.add(key, items.texts(ids), dense);
      itemRows.put(identity, known);
    }
    return known;
  }

  private ListLog log(String name) {
    ListLog.Builder log = ListLog.builder(name, users.build(), items.build());
    for (int list = 0; list < lists.size(); list++) {
      Exposure exposure = lists.get(list);
      log.add(exposure.user(), list, exposure.pool(), exposure.clicks());
    }
    return log.build();
  }
}
