package org.eglr.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.eglr.kernel.Content;
import org.eglr.kernel.FakeHost;
import org.eglr.kernel.Samples;
import org.eglr.kernel.own.Completion;
import org.eglr.reasoning.Gate;
import org.eglr.train.Reward;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells with {@code |} at the cursor. */
class EditorHelpTest {

  private final FakeHost host = new FakeHost();
  private final EditorHelp help = new EglrMagic(host).editorHelp();

  @BeforeEach
  void variables() {
    host.variables.set("films", Samples.data());
    host.variables.set("run", Samples.grpo(3, false));
    host.variables.set("size", 32);
    host.variables.set("free", (Gate) d -> true);
    host.variables.set("folder", "models");
    host.variables.set("own", Reward.named("own", list -> list.value()));
    host.variables.set("numbers", new double[3]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "%eglr da|; data",
        "%eglr tr|; train",
        "%eglr train |; evaluator grpo reranker",
        "%eglr help train g|; grpo",
        "%eglr help pl|; plot",
        "%eglr data si|; simulated",
        "%eglr data simulated m|; misleading",
        "%eglr model --max|; --maxSteps",
        "%eglr model --max-|; --maxSteps",
        "%eglr model --maxSteps 2 --max|; ''",
        "%eglr train grpo --reward |; click-dcg list-value pessimistic(1) off-support true-dcg true-clicks diversity(kind)",
        "%eglr train grpo --reward $|; $folder $own $size",
        "%eglr train grpo --reward=l|; list-value",
        "%eglr model --trainFeatures |; true false",
        "%eglr plot ca|; calibration",
        "%eglr train evaluator --che|; --checkpoint",
        "%eglr train evaluator --checkpoint run.ckpt --e|; --epochs --every",
        "%eglr train grpo --res|; --resume",
        "%eglr train grpo --resume $f|; $folder",
        "%eglr rerank 0 --be|; --beam",
        "%eglr rerank --beam 5 --p|; --preselect",
        "%eglr rerank --beam $|; $folder $size",
        "%eglr rerank 1 --l|; --length",
        "%eglr model --engine |; JAVA SAMEDIFF",
        "%eglr plot reward --log |; run",
        "%eglr train evaluator --data |; films",
        "%eglr model --width $|; $folder $size",
        "%eglr model --width |; 64 $folder $size",
        "%eglr compare --on t|; train test",
        "%eglr whatif --maxSteps 1,|; ''",
        "%eglr model --gate r|; relative:0.6 random:0.3",
        "%eglr model --gate $f|; $folder $free",
        "%eglr whatif --gate entropy:1.2,m|; entropy:1.2,margin:0.2",
      })
  void candidates(String cell, String expected) {
    assertEquals(
        expected.isEmpty() ? List.of() : List.of(expected.split(" ")), complete(cell).texts());
  }

  @Test
  void everyCommandIsOffered() {
    List<String> all = complete("%eglr |").texts();
    assertTrue(
        all.containsAll(
            List.of("help", "data", "model", "train", "plot", "rerank", "compare", "whatif")));
    assertTrue(all.containsAll(List.of("experiment", "save", "load", "reset", "error")));
  }

  @Test
  void onlyTheWordAtTheCursorIsReplaced() {
    assertEquals(new Completion(6, 8, List.of("data")), complete("%eglr da|ta"));
    assertEquals(
        new Completion(26, 27, List.of("list-value")), complete("%eglr train grpo --reward l|"));
    String above = "int a = 1;\n";
    assertEquals(new Completion(17, 19, List.of("data")), complete(above + "%eglr da|\nint b;"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "%%eglr~wid|; 7; width",
        "%%eglr~width 3~to|; 15; token tokens",
        "%%eglr~token |; 13; NONE PLAIN CONTEXT_AWARE ZERO MEAN NOISE",
        "%%eglr~token = P|; 15; PLAIN",
        "%%eglr train grpo~rew|; 18; reward",
        "%%eglr train gr|; 13; grpo",
        "%%eglr~# wid|; -1; ''",
        "%%eglr exp|; 7; experiment",
        "%%eglr experiment~da|; 18; data.",
        "%%eglr experiment~|; 18; data. model. evaluator. grpo. compare. seeds",
        "%%eglr experiment~data.so|; 23; source",
        "%%eglr experiment~model.wi|; 24; width",
        "%%eglr experiment~grpo.reward l|; 30; list-value",
        "%%eglr experiment~data.source sim|; 30; simulated",
        "%%eglr experiment~data.preset k|; 30; kuairand",
      })
  void settingsOfACell(String cell, int start, String expected) {
    String text = cell.replace('~', '\n');
    if (start < 0) {
      assertTrue(help.complete(text.replace("|", ""), text.indexOf('|')).isEmpty());
    } else {
      assertEquals(
          new Completion(start, text.indexOf('|'), List.of(expected.split(" "))), complete(text));
    }
  }

  @Test
  void filesAreOffered(@TempDir Path folder) throws IOException {
    Files.createFile(folder.resolve("model one.eglr"));
    Files.createFile(folder.resolve("other.txt"));
    Files.createFile(folder.resolve(".hidden"));
    Files.createDirectory(folder.resolve("more"));
    assertEquals(
        List.of('"' + folder.toString() + "/model one.eglr\"", folder + "/more/"),
        complete("%eglr load " + folder + "/mo|").texts());
    assertEquals(3, complete("%eglr data " + folder + "/|").texts().size());
    assertEquals(
        List.of('"' + folder.toString() + "/model one.eglr\""),
        complete("%eglr load \"" + folder + "/model o|").texts());
    assertEquals(List.of(), complete("%eglr load " + folder + "/none/|").texts());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System.ou|",
        "%eg|",
        "%time x|",
        "var s = \"%eglr da|\";",
        "%eglr help\nfoo|",
        "|"
      })
  void elsewhereItKeepsOut(String cell) {
    int cursor = cell.indexOf('|');
    assertTrue(help.complete(cell.replace("|", ""), cursor).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "%eg|lr; In Java,%eglr train grpo",
        "%eglr da|ta ml-100k; --clickAt,Datasets.movieLens",
        "%eglr help tr|ain; %eglr train evaluator,%eglr train grpo",
        "%eglr data ml-1|00k; --clickAt",
        "%eglr train grpo --groupSize| 8; --groupSize of %eglr train grpo,lists sampled per request",
        "%eglr train grpo --group-size |8; --groupSize of %eglr train grpo,default  8",
        "%eglr model --token |; CONTEXT_AWARE",
        "%eglr rerank --beam| 5; --beam of %eglr rerank,takes    WIDTH,1 to 1000",
        "%eglr rerank --preselect |; --preselect of %eglr rerank,evaluator",
        "%%eglr experiment~grpo.gro|upSize 4; --groupSize of %eglr train grpo",
        "%%eglr~wid|th 32; --width of %eglr model,default  64",
      })
  void documentation(String cell, String expected) {
    String text = cell.replace('~', '\n');
    Content content = help.inspect(text.replace("|", ""), text.indexOf('|')).orElseThrow();
    for (String part : expected.split(",")) {
      String plain = content.data().get(Content.TEXT);
      assertTrue(
          plain.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)),
          part + " in " + plain);
    }
    assertTrue(content.data().containsKey(Content.HTML));
  }

  @Test
  void noDocumentationOfWhatIsNotOurs() {
    assertFalse(help.inspect("System.out", 5).isPresent());
    assertFalse(help.inspect("", 0).isPresent());
  }

  @Test
  void noCellMakesItFail() {
    List<String> cells =
        List.of(
            "%eglr \"",
            "%eglr --", "%eglr --=", "%eglr data --x=", "%%eglr\n=", "%eglr $", "%eglr data \0/");
    for (String cell : cells) {
      for (int cursor = 0; cursor <= cell.length() + 1; cursor++) {
        help.complete(cell, cursor);
        help.inspect(cell, cursor);
      }
    }
  }

  private Completion complete(String cell) {
    return help.complete(cell.replace("|", ""), cell.indexOf('|')).orElseThrow();
  }
}
