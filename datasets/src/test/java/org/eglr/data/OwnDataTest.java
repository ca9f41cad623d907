package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Table;

class OwnDataTest {

  private static final String HEADER =
      "session,user,item,click,pos,ts,watch_s,age,category,price\n";

  /** Rows in no order; i4 was available in s1, but not shown. */
  private static final String ROWS =
      HEADER
          + "s2,u1,i1,0,1,200,0,31,shoes,9.5\n"
          + "s1,u1,i2,1,2,100,4.5,30,bags,\n"
          + "s1,u1,i1,0,1,100,0.5,30,shoes,9.5\n"
          + "s1,u1,i4,,,100,,30,,1.5\n"
          + "s2,u1,i3,1,2,200,2,31,\"hats, caps\",3\n";

  private static final Consumer<TableRoles> ROLES =
      c ->
          c.list("session")
              .user("user")
              .item("item")
              .clicked("click")
              .position("pos")
              .time("ts")
              .utility("watch_s")
              .userFields("age")
              .itemFields("category", "price");

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("log.csv"), text);
  }

  private ListLog log(String text) throws IOException {
    return Datasets.table(file(text), ROLES);
  }

  @Test
  void rowsBecomeListsInDisplayOrderWithThePoolBehind() throws IOException {
    ListLog log = log(ROWS);
    assertEquals(2, log.size());
    int s1 = log.pool(0) == 3 ? 0 : 1;
    assertEquals(1, s1, "lists come in the order of their first rows");
    assertEquals(2, log.length(s1));
    assertEquals(List.of("i1", "i2", "i4"), items(log, s1));
    assertEquals(List.of("i1", "i3"), items(log, 0));
    assertFalse(log.clicked(s1, 0));
    assertTrue(log.clicked(s1, 1));
    assertFalse(log.clicked(s1, 2));
    assertEquals(5f, log.utility(s1));
    assertEquals(2f, log.utility(0));
    assertEquals(100, log.time(s1));
    assertTrue(log.warnings().isEmpty(), log.warnings().toString());
  }

  @Test
  void whatIsMissingIsACategoryOfItsOwnOrTheMeanWithAFlag() throws IOException {
    ListLog log = log(ROWS);
    Field category = Field.categorical("category");
    Field price = Field.dense("price");
    Field flag = Field.dense("price_missing");
    assertEquals(List.of(Field.categorical("item"), category, price, flag), log.items().fields());
    assertArrayEquals(
        new String[] {"shoes", "hats, caps", "bags", "(missing)"},
        log.items().categories(category));
    double[] prices = {9.5, 3, Double.NaN, 1.5};
    assertArrayEquals(prices, log.items().values(price));
    assertArrayEquals(new double[] {0, 0, 1, 0}, log.items().values(flag));
    Request request = log.split(new int[] {0, 1}, new int[0], new int[0]).train().request(1);
    assertEquals(0, request.itemValues()[2], "the missing price of the second candidate");
    assertEquals(4, request.itemIds()[5], "the missing category has an id of its own");
  }

  /** The user's age differs from list to list: two entities, but still one person's time. */
  @Test
  void aUserWhoChangesIsSplitAsOne() throws IOException {
    ListLog log = log(ROWS);
    assertEquals("u1", log.users().key(0));
    assertEquals("u1#2", log.users().key(1));
    Splits splits = log.split(0.5, 0, 0.5);
    assertEquals(1, splits.train().logIndex(0), "the earlier list");
    assertEquals(0, splits.test().logIndex(0));
  }

  @Test
  void declarationsOverrideTheTypes() throws IOException {
    ListLog log =
        Datasets.table(
            file(ROWS),
            ROLES.andThen(c -> c.dense("age").categorical("price").withoutIds().label("category")));
    assertEquals(List.of(Field.dense("age")), log.users().fields());
    assertEquals(
        List.of(Field.categorical("category"), Field.categorical("price")), log.items().fields());
    assertEquals("3", log.items().categories(Field.categorical("price"))[1]);
    assertEquals("hats, caps", log.items().label(1));
  }

  @Test
  void withoutUsersAllListsAreSplitByTime() throws IOException {
    StringBuilder text = new StringBuilder("q,item,grade,when\n");
    for (int list = 0; list < 20; list++) {
      for (int i = 0; i < 3; i++) {
        text.append(
            "q%d,i%d,%d,2024-05-%02d 10:00:00\n".formatted(list, i, i + list % 3, 28 - list));
      }
    }
    ListLog log =
        Datasets.table(
            file(text.toString()), c -> c.list("q").item("item").clicked("grade", 3).time("when"));
    assertEquals(20, log.users().size());
    Splits splits = log.split(0.8, 0.1, 0.1);
    assertEquals(16, splits.train().size());
    assertEquals(4, splits.train().logIndex(0), "the latest lists come first in the file");
    assertEquals(0, splits.test().logIndex(0));
    assertFalse(log.clicked(0, 2));
    assertTrue(log.clicked(1, 2));
    assertTrue(log.warnings().get(0).contains("7 of 20 lists (35.0 %) have no click"));
  }

  @Test
  void anyTablesawTableWillDo() {
    Table table =
        Table.read()
            .csv("l,i,c,x\n1,7,true,2.5\n1,8,false,0.5\n2,7,false,1.5\n2,9,true,2.5\n", "mine");
    ListLog log = Datasets.table(table, c -> c.list("l").item("i").clicked("c").itemFields("x"));
    assertEquals("mine", log.name());
    assertEquals(List.of("7", "8"), items(log, 0));
    assertEquals(1f, log.utility(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s1,u1,i2,1|s1,u1,i2,2|log.csv, row 2, column 'click': '2' is no click; allowed are 1 and 0",
        "s1,u1,i2,1|s1,u1,i2,|row 2, column 'click': '' is empty",
        "s1,u1,i2,1|s1,u2,i2,1|row 3, column 'user': 'u1' differs from 'u2' in row 2 of the same list 's1'",
        "s1,u1,i2,1|s1,u1,i1,1|row 3, column 'item': 'i1' stands in list 's1' already, in row 2",
        "s1,u1,i2,1,2|s1,u1,i2,1,1|'1' is the position of row 2 of the same list",
        "s1,u1,i2,1,2|s1,u1,i2,1,two|row 2, column 'pos': 'two' is not a number",
        "s1,u1,i4,,|s1,u1,i4,1,|row 4, column 'click': '1' is a click on an item that was not shown",
        "100,4.5,30|100,-4.5,30|row 2, column 'watch_s': '-4.5' is below 0",
        "0.5,30,shoes|0.5,33,shoes|row 3, column 'age': '33' differs from '30' in row 2",
        "200,0,31|noon,0,31|row 1, column 'ts': 'noon' is no time; allowed are numbers and ISO 8601",
        "s2,u1,i3|,u1,i3|row 5, column 'session': '' is empty; every row needs a value here",
      })
  void aMistakeIsNamedWithItsRow(String good, String bad, String message) throws IOException {
    assertTrue(ROWS.contains(good), good);
    String text = ROWS.replace(good, bad);
    assertRefused(() -> log(text), message);
  }

  @Test
  void rolesThatCannotBeAreRefused() throws IOException {
    Path file = file(ROWS);
    assertRefused(
        () -> Datasets.table(file, c -> c.list("session").item("item")),
        "the role 'clicked' has no column",
        "c.clicked(\"COLUMN\")");
    assertRefused(
        () -> Datasets.table(file, ROLES.andThen(c -> c.itemFields("colour"))),
        "log.csv has no column 'colour' (an item field)",
        "session, user, item");
    assertRefused(
        () -> Datasets.table(file, ROLES.andThen(c -> c.itemFields("click"))), "is the label");
    assertRefused(
        () -> Datasets.table(file, ROLES.andThen(c -> c.dense("pos"))), "'pos'", "is no field");
    assertRefused(
        () -> Datasets.table(file, ROLES.andThen(c -> c.dense("category"))),
        "row 1, column 'category': 'shoes' is not a number");
    assertRefused(
        () -> Datasets.table(file, ROLES.andThen(c -> c.list("ts").itemFields("pos").item("user"))),
        "row 5, column 'user': 'u1' stands in list '200' already, in row 1");
  }

  @Test
  void filesAreReadAsPeopleHaveThem() throws IOException {
    ListLog plain = log(ROWS);
    Logs.assertSame(plain, log("\uFEFF" + ROWS.replace("\n", "\r\n")));
    Logs.assertSame(
        plain,
        log(ROWS.replace("\"hats, caps\"", "hats~ caps").replace(',', ';').replace('~', ',')));
    Logs.assertSame(plain, log(ROWS.replace(",,", ",NULL,").replace(",,", ",NA,")));
    assertRefused(() -> log(HEADER + "s1,u1\n"), "log.csv", "10 columns");
    assertRefused(() -> log(""), "names no columns");
    assertRefused(() -> log(HEADER), "no rows");
    assertRefused(() -> log("a,b,a\n1,2,3\n"), "names 'a' twice");
    assertEquals(List.of("a b", "c,d", "e"), TableFile.columns(file("a b,\"c,d\",e\n1,2,3\n")));
  }

  @Test
  void idsKeepTheirZeros() throws IOException {
    ListLog log =
        Datasets.table(file("l,i,c\n1,007,1\n1,7,0\n"), c -> c.list("l").item("i").clicked("c"));
    assertEquals(List.of("007", "7"), items(log, 0));
  }

  private static List<String> items(ListLog log, int list) {
    return IntStream.range(0, log.pool(list))
        .mapToObj(i -> log.items().key(log.candidate(list, i)).replaceFirst("#.*", ""))
        .toList();
  }

  /** A log whose columns know more than they should, and one whose columns do not. */
  @Test
  void whatLooksWrongIsSaid() throws IOException {
    StringBuilder text = new StringBuilder("l,i,c,dwell,bought,noise,kind,t,amount\n");
    Random random = new Random(1);
    for (int list = 0; list < 300; list++) {
      for (int i = 0; i < 4; i++) {
        boolean click = random.nextInt(4) == 0;
        text.append(
            "l%d,i%d,%d,%s,%s,%.3f,k%d,%d,%d\n"
                .formatted(
                    list,
                    i,
                    click ? 1 : 0,
                    click ? "3.5" : "",
                    click ? "yes" : "no",
                    random.nextDouble(),
                    random.nextInt(3),
                    list * 10 + (click ? 5 + i : 0),
                    random.nextInt(100_000)));
      }
    }
    text.append("single,i1,1,1.0,yes,0.5,k0,9,1\n");
    Table table = TableFile.read(file(text.toString()));
    table.replaceColumn("amount", table.stringColumn("amount").parseInt().setName("amount"));
    Consumer<TableRoles> honest =
        c -> c.list("l").item("i").clicked("c").itemFields("noise", "kind");
    List<String> few = Datasets.table(table, honest).warnings();
    assertEquals(2, few.size(), few.toString());
    assertTrue(few.get(0).startsWith("1 of 301 lists (0.3 %) show fewer than 2 items"));
    assertTrue(few.get(1).contains("have no click"));
    List<String> all =
        Datasets.table(
                table, honest.andThen(c -> c.time("t").itemFields("dwell", "bought", "amount")))
            .warnings();
    assertEquals(6, all.size(), all.toString());
    assertTrue(all.get(2).startsWith("the times of column 't' within a list tell"), all.get(2));
    assertTrue(all.get(3).startsWith("field 'dwell' alone tells clicks"), all.get(3));
    assertTrue(all.get(4).startsWith("field 'bought' alone tells clicks"), all.get(4));
    assertTrue(all.get(5).startsWith("field 'amount' holds whole numbers"), all.get(5));
    table.column("c").setName("click");
    Table sorted = table.sortDescendingOn("click");
    String order =
        Datasets.table(sorted, c -> c.list("l").item("i").clicked("click")).warnings().get(2);
    assertTrue(order.startsWith("the order of the items tells which were clicked"), order);
  }
}
