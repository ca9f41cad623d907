package org.eglr.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eglr.data.Splits;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.FakeHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Table;

class DataCommandTest {

  private final FakeHost host = new FakeHost();
  private final EglrMagic magic = new EglrMagic(host);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"ad", "kuairand", "misleading", "alike", "prices", "together"})
  void simulatesEveryPreset(String preset) {
    run("data", "simulated", preset, "--lists", "200", "--length", "5", "--seed", "3");
    Splits data = (Splits) host.variables.get("data").orElseThrow();
    assertEquals(200, data.log().size());
    assertEquals(5, data.train().length(0));
    assertTrue(data.test().hasTruth());
    assertTrue(host.text().contains("Simulated: the true utility"), host.text());
    assertTrue(host.text().contains("The first list, shown to"), host.text());
  }

  @Test
  void theSeedDecidesWhatIsSimulated() {
    run("data", "simulated", "--lists", "50", "--seed", "1", "--as", "a");
    run("data", "simulated", "--lists", "50", "--seed", "1", "--as", "b");
    run("data", "simulated", "--lists", "50", "--seed", "2", "--as", "c");
    assertEquals(clicks("a"), clicks("b"));
    assertTrue(!clicks("a").equals(clicks("c")));
  }

  @Test
  void splitsAsAsked() {
    run("data", "simulated", "--lists", "300", "--split", "0.5,0.25,0.25");
    Splits data = (Splits) host.variables.get("data").orElseThrow();
    assertEquals(150, data.train().size(), 15);
    assertEquals(75, data.test().size(), 15);
  }

  @Test
  void readsLibRerankFilesAndFolders() throws IOException {
    String line = "%d\t[[5, 6]]\t[[1, 9], [2, 9]]\t[[0.5], [1]]\t[0, 1]\n";
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      lines.append(line.formatted(i % 4));
    }
    for (String part : List.of("data.train", "data.valid", "data.test")) {
      Files.writeString(folder.resolve(part), lines);
    }
    run("data", folder.resolve("data.train").toString());
    assertEquals(20, ((Splits) host.variables.get("data").orElseThrow()).log().size());
    run("data", folder.toString());
    assertEquals(20, ((Splits) host.variables.get("data").orElseThrow()).test().size());
  }

  private void tianchi() throws IOException {
    StringBuilder rows = new StringBuilder("user,time_stamp,adgroup_id,pid,nonclk,clk\n");
    StringBuilder users =
        new StringBuilder(
            "userid,cms_segid,cms_group_id,final_gender_code,age_level,pvalue_level,shopping_level,occupation,new_user_class_level \n");
    for (int user = 0; user < 20; user++) {
      users.append(user).append(",1,2,1,3,,1,0,\n");
      for (int i = 0; i < 6; i++) {
        rows.append("%d,%d,%d,430548_1007,%d,%d%n".formatted(user, 100 * i, i, i % 2, 1 - i % 2));
      }
    }
    StringBuilder ads = new StringBuilder("adgroup_id,cate_id,campaign_id,customer,brand,price\n");
    for (int ad = 0; ad < 6; ad++) {
      ads.append(ad).append(",1,1,1,NULL,9.5\n");
    }
    Files.writeString(folder.resolve("raw_sample.csv"), rows);
    Files.writeString(folder.resolve("user_profile.csv"), users);
    Files.writeString(folder.resolve("ad_feature.csv"), ads);
  }

  @Test
  void publishedLogsAreCutAndKept() throws IOException {
    tianchi();
    System.setProperty("eglr.data", folder.toString());
    try {
      run("data", "tianchi", folder.toString(), "--window", "200", "--listsPerUser", "2");
      Splits data = (Splits) host.variables.get("data").orElseThrow();
      assertEquals(40, data.log().size());
      assertEquals(3, data.log().length(0));
      assertTrue(host.text().contains("Tianchi Ad 56: 146 rows cut into lists in"), host.text());
      host.shown.clear();
      run("data", "tianchi", folder.toString(), "--window", "200", "--listsPerUser", "2");
      assertTrue(!host.text().contains("cut into lists"), host.text());
      run("data", "tianchi", folder.toString(), "--length", "2", "--unclicked");
      assertEquals(2, ((Splits) host.variables.get("data").orElseThrow()).log().length(0));
      Files.writeString(
          folder.resolve("raw_sample.csv"), "user,time_stamp,adgroup_id,clk\n1,x,1,1");
      host.shown.clear();
      var error = assertThrows(EglrError.class, () -> run("data", "tianchi", folder.toString()));
      assertTrue(error.getMessage().contains("line 2, column 'time_stamp': 'x'"));
      assertTrue(host.text().contains("Not finished."), host.text());
    } finally {
      System.clearProperty("eglr.data");
    }
  }

  @Test
  void tabKnowsPublishedLogsAndTheirFolders() throws IOException {
    EditorHelp help = magic.editorHelp();
    Files.createDirectory(folder.resolve("logs"));
    String line = "%eglr data kuairand " + folder + "/l";
    assertEquals(
        List.of(folder + "/logs/"), help.complete(line, line.length()).orElseThrow().texts());
    String preset = "%eglr data simulated al";
    assertEquals(List.of("alike"), help.complete(preset, preset.length()).orElseThrow().texts());
    String source = "%eglr data tian";
    assertEquals(List.of("tianchi"), help.complete(source, source.length()).orElseThrow().texts());
    String logs = "%eglr data kuairand . --logs RANDOM,STANDARD_L";
    assertEquals(
        List.of("RANDOM,STANDARD_LATE"), help.complete(logs, logs.length()).orElseThrow().texts());
  }

  private Path log() throws IOException {
    StringBuilder rows = new StringBuilder("session,user,item,click,brand,in stock\n");
    for (int i = 0; i < 60; i++) {
      rows.append("s%d,u%d,i%d,%d,b%d,yes\n".formatted(i / 3, i / 12, i % 3, i % 4 / 3, i % 2));
    }
    return Files.writeString(folder.resolve("log.csv"), rows);
  }

  private static final String ROLES = "--list session --item item --clicked click";

  @Test
  void ownDataAreAFileOrATable() throws IOException {
    String roles = ROLES + " --user user --itemFields brand";
    run(("data " + log() + " " + roles).split(" "));
    Splits read = (Splits) host.variables.get("data").orElseThrow();
    assertEquals(20, read.log().size());
    assertEquals(2, read.schema().itemCategories().size());
    assertTrue(host.text().contains("Look at this: 5 of 20 lists (25.0 %) have no click."));
    host.variables.set("mine", Table.read().csv(log().toFile()));
    run(("data $mine --as other " + roles).split(" "));
    Splits other = (Splits) host.variables.get("other").orElseThrow();
    assertEquals(read.train().size(), other.train().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data FILE --list session|the role 'item' has no column",
        "data FILE ROLES --user who|log.csv has no column 'who' (the user); its columns are session, user,",
        "data FILE ROLES --length 5|--length is for MovieLens data",
        "data FILE ROLES --seed 5|--seed is for simulated data",
        "data FOLDER ROLES|is a folder; own data are a file with a header",
        "data simulated ROLES|'simulated' has its own",
        "data $list ROLES|$list is a ListN; only numbers",
        "data $none ROLES|the notebook has no variable 'none'",
        "rerank $mine|$mine is a Table; only numbers",
      })
  void aMistakeInOwnDataIsOneLine(String line, String expected) throws IOException {
    host.variables.set("list", List.of(1, 2, 3));
    host.variables.set("mine", Table.create("mine"));
    String full =
        line.replace("FILE", log().toString())
            .replace("FOLDER", folder.toString())
            .replace("ROLES", ROLES);
    var error = assertThrows(EglrError.class, () -> run(full.split(" ")));
    assertTrue(error.getMessage().contains(expected), error.getMessage());
    assertTrue(host.variables.get("data").isEmpty());
  }

  @Test
  void tabKnowsTheColumns() throws IOException {
    EditorHelp help = magic.editorHelp();
    host.variables.set("mine", Table.read().csv(log().toFile()));
    for (String source : List.of(log().toString(), "$mine")) {
      String line = "%eglr data " + source + " --list ";
      assertEquals(
          List.of("session", "user", "item", "click", "brand", "\"in stock\""),
          help.complete(line, line.length()).orElseThrow().texts());
      String fields = line + "session --itemFields brand,i";
      assertEquals(
          List.of("brand,item", "\"brand,in stock\""),
          help.complete(fields, fields.length()).orElseThrow().texts());
    }
    String variable = "%eglr data $m";
    assertEquals(
        List.of("$mine"), help.complete(variable, variable.length()).orElseThrow().texts());
    String nowhere = "%eglr data nowhere.csv --list ";
    assertEquals(List.of(), help.complete(nowhere, nowhere.length()).orElseThrow().texts());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data|Missing required parameter: 'SOURCE' (%eglr help data)",
        "data simulated advert|setting 'preset' is advert; allowed: ad, kuairand, misleading, alike, prices, together",
        "data nowhere-to-be-found|no data set 'nowhere-to-be-found'",
        "data simulated --split 0.8,0.2|--split takes three shares, such as 0.8,0.1,0.1",
        "data simulated --split 0.8,0.8,0.8|shares must be at least 0",
        "data simulated --order popularity|--order is for MovieLens data; it means nothing for 'simulated'",
        "data ml-100k --lists 5|--lists is for simulated data; it means nothing for 'ml-100k'",
        "data ml-100k kuairand|PRESET is for simulated data",
        "data tianchi|'tianchi' needs the folder of its files: %eglr data tianchi FOLDER",
        "data tianchi nowhere|nowhere does not exist; Tianchi Ad 56 is a folder with raw_sample.csv",
        "data tianchi nowhere --logs RANDOM|--logs is for kuairand data; it means nothing for 'tianchi'",
        "data tianchi nowhere --seed 1|--seed is for simulated data",
        "data kuairand nowhere|nowhere does not exist; KuaiRand is the folder",
        "data kuairand nowhere --window 3|--window is for tianchi data",
        "data kuairand nowhere --length 1|length(1): allowed is 2 to 1000",
        "data kuairand nowhere --logs RANDOMLY|Invalid value for option '--logs'",
        "data mind nowhere --length 5|--length is for MovieLens, simulated, tianchi and kuairand data",
        "data mind nowhere|news.tsv does not exist",
        "data expedia nowhere|nowhere does not exist",
        "data ml-100k --unclicked|--unclicked is for tianchi data",
        "data expedia nowhere --list a --item b --clicked c|'expedia' has its own",
        "data simulated --lists 0|setting 'lists' is 0; allowed: 1 to",
        "data simulated --length 1|'listLength' is 1"
      })
  void aMistakeIsOneLineAndChangesNothing(String line, String expected) {
    var error = assertThrows(EglrError.class, () -> run(line.split(" ")));
    assertTrue(error.getMessage().contains(expected), error.getMessage());
    assertTrue(host.variables.get("data").isEmpty());
    assertTrue(host.shown.isEmpty());
  }

  private List<Float> clicks(String name) {
    Splits data = (Splits) host.variables.get(name).orElseThrow();
    List<Float> clicks = new ArrayList<>();
    for (int list = 0; list < data.log().size(); list++) {
      clicks.add(data.log().utility(list));
    }
    return clicks;
  }

  private void run(String... arguments) {
    magic.line(List.of(arguments));
  }
}
