package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The kernel class itself, compiled against JJava's jar as {@code ./eglr} does it, in a process of
 * its own. Runs where {@code ./eglr} has made the Python environment that holds this jar.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnKernelTest {

  private static final Path JJAVA = Path.of("../.venv/share/jupyter/kernels/java/jjava.jar");
  private static final Path SOURCES = Path.of("src/main/jjava");
  private static final Path TEST_SOURCES = Path.of("src/test/jjava");
  private static final String RED = "\033[31m";

  private Process kernel;
  private PrintStream requests;
  private BufferedReader answers;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    assumeTrue(Files.isRegularFile(JJAVA), "./eglr makes " + JJAVA);
    Path services = folder.resolve("META-INF/services/org.dflib.jjava.jupyter.Extension");
    Files.createDirectories(services.getParent());
    Files.writeString(services, "no.such.Extension\norg.eglr.kernel.jjava.BrokenExtension\n");
    Path version = folder.resolve("META-INF/maven/org.eglr/eglr-kernel-ext/pom.properties");
    Files.createDirectories(version.getParent());
    Files.writeString(version, "version=9.8.7");
    // Without the JJava that Maven has: the jar is newer.
    String others =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("jjava-jupyter") && !entry.contains("basekernel"))
            .collect(Collectors.joining(File.pathSeparator));
    String classPath = String.join(File.pathSeparator, JJAVA.toString(), folder.toString(), others);
    compile(classPath, folder);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-Djava.awt.headless=true"));
    command.add("--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED");
    command.addAll(List.of("-cp", classPath, "org.eglr.kernel.jjava.Ask"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .put("JJAVA_STARTUP_SCRIPT", "import org.eglr.data.*; import no.such.Type;");
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("EGLR_COURSE_PROGRESS", folder.resolve("progress.json").toString());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    kernel = builder.start();
    requests = new PrintStream(kernel.getOutputStream(), true, StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(kernel.getInputStream(), StandardCharsets.UTF_8));
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (kernel != null) {
      requests.close();
      kernel.destroyForcibly().waitFor();
    }
  }

  @Test
  void brokenExtensionsAndScriptsAreReportedAndTheKernelLives() throws IOException {
    String notices = ask("notices", "");
    assertTrue(notices.contains("no.such.Extension"), notices);
    assertTrue(
        notices.contains("The extension org.eglr.kernel.jjava.BrokenExtension is not available"),
        notices);
    assertTrue(notices.contains("The start-up script JJAVA_STARTUP_SCRIPT failed"), notices);
    assertEquals("2", ask("eval", "1 + 1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "%eglr tra|# 6 9 train",
        "%eg|# 0 3 %eglr",
        "%eglr help\\nSystem.ou|# 18 20 out",
        "/*\ud83d\ude00*/ %eglr tra|# 12 15 train",
        "var a = \"\ud83d\ude00\";\\n%eglr tra|# 19 22 train",
      })
  void completionAtThePlacesThatJupyterCounts(String cell, String expected) throws IOException {
    assertEquals(expected, ask("complete", cell));
  }

  @Test
  void documentation() throws IOException {
    String magic = ask("inspect", "%eglr tr|ain");
    assertTrue(magic.contains("%eglr train grpo") && magic.contains("<table>"), magic);
    String java = ask("inspect", "%eglr help\\nList.of(|");
    assertTrue(java.contains("&lt;E&gt;"), java);
    assertEquals("none", ask("inspect", "|"));
  }

  @Test
  void magicsAndJavaInOneCell() throws IOException {
    assertEquals(
        "160", ask("eval", "var mine = %eglr data simulated ad --lists 200\\nmine.train().size()"));
    assertEquals("%eglr help\\n", ask("eval", "var t = \"\"\"\\n%eglr help\\n\"\"\";\\nt"));
    assertEquals("nothing", ask("eval", "%eglr data simulated ad --lists 60"));
    assertEquals("48", ask("eval", "data.train().size()"));
    assertEquals("19 21 mine", ask("complete", "%eglr model --data mi|"));
    assertEquals("nothing", ask("eval", "display(3)"));
  }

  @Test
  void aSliderHearsOfItsMovesThroughTheKernelsComms() throws IOException {
    String slider = "org.eglr.kernel.course.Slider.of(\"t\", 0, %s, 0.1, 0.5)";
    ask("eval", "List<Double> asked = Collections.synchronizedList(new ArrayList<>());");
    String cell = slider.formatted(1) + ".show(t -> { asked.add(t); return t; });";
    assertEquals("nothing", ask("eval", cell));
    assertEquals("[0.5]", ask("eval", "asked.toString()"));
    String comms = ask("comms", "");
    assertEquals(4, comms.split("jupyter.widget", -1).length - 1, comms);
    assertEquals(
        "error "
            + RED
            + "slider 't': min is 0, which is not below max, 0;"
            + " write Slider.of(name, min, max, step, start)\033[0m",
        ask("eval", slider.formatted(0)));
  }

  @Test
  void whatIsWholeAndWhatIsNot() throws IOException {
    assertEquals("complete", ask("isComplete", "%eglr help"));
    assertEquals("complete", ask("isComplete", "%%eglr\\nwidth 3\\n"));
    assertEquals("", ask("isComplete", "%%eglr\\nwidth 3"));
    assertEquals("invalid", ask("isComplete", "int = = ;"));
    assertEquals("invalid", ask("isComplete", "int a;\\n%%time\\na"));
    assertEquals("  ", ask("isComplete", "class A {"));
  }

  @Test
  void theKernelTellsWhatItIs() throws IOException {
    String info = ask("info", "");
    assertTrue(info.startsWith("{status=ok, protocol_version=5.3, implementation=EGLR,"), info);
    assertTrue(info.contains("implementation_version=9.8.7"), info);
    assertTrue(info.contains("banner=EGLR 9.8.7 on Java "), info);
    assertTrue(info.contains("%eglr help lists its commands"), info);
    assertEquals("{status=ok, comms={}}", ask("comms", ""));
    assertEquals("{status=ok}", ask("interrupted", ""));
  }

  @Test
  void theHistoryIsThatOfTheCellsThatRan() throws IOException {
    String answer = ask("execute", "40 + 2");
    assertTrue(answer.startsWith("ok "), answer);
    int first = Integer.parseInt(answer.substring(3));
    ask("execute", "int half = 21;");
    assertTrue(ask("execute", "1 / 0").startsWith("error "));
    ask("execute", "%eglr help");
    assertEquals(
        "{status=ok, history=[[1, %d, 1 / 0], [1, %d, %%eglr help]]}"
            .formatted(first + 2, first + 3),
        ask("history", "tail 2"));
    assertEquals(
        "{status=ok, history=[[1, %d, [40 + 2, 42]], [1, %d, [int half = 21;, null]]]}"
            .formatted(first, first + 1),
        ask("history", "range %d %d".formatted(first, first + 2)));
    assertEquals(
        "{status=ok, history=[[1, %d, 40 + 2]]}".formatted(first), ask("history", "search 40*"));
    assertEquals("{status=ok, history=[]}", ask("history", "search nothing"));
  }

  @Test
  void errorsAreShort() throws IOException {
    assertTrue(
        ask("eval", "%eglr dat").startsWith("error " + RED + "unknown command 'dat' of %eglr"));
    String trace = ask("eval", "int f(int a) { return 1 / a; }\\nf(0)");
    assertEquals(4, trace.split("\\\\n").length, trace);
    assertTrue(trace.contains("/ by zero"), trace);
    String magic = ask("eval", "%nosuch");
    assertEquals(2, magic.split("\\\\n").length, magic);
    assertTrue(magic.contains("Undefined line magic 'nosuch'"), magic);
    String misplaced = ask("eval", "int b;\\n%%time\\nb");
    assertTrue(misplaced.startsWith("error " + RED + "%%time must be the first"), misplaced);
    assertEquals("nothing", ask("eval", "%eglr error"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "StackOverflowError # var a = new ArrayList<Object>(); var b = new ArrayList<Object>(); a.add(b); b.add(a);\\na",
        "AssertionError # class E { public String toString() { throw new AssertionError(\"x\"); } }\\nnew E()",
        "OutOfMemoryError # Collections.nCopies(60_000_000, \"abcdefghijklmnopqrst\")",
        "IllegalStateException # class R { public String toString() { var a = new IllegalStateException(\"a\"); a.initCause(new RuntimeException(a)); throw a; } }\\nnew R()",
        "X # class X extends RuntimeException { public Throwable getCause() { throw this; } public StackTraceElement[] getStackTrace() { return null; } }\\nclass Y { public String toString() { throw new X(); } }\\nnew Y()",
        "LinkageError # class L { public String toString() { throw new LinkageError() { public String getMessage() { throw this; } }; } }\\nnew L()",
      })
  void aResultThatCannotBeShownFailsItsCellAndNoMore(String error, String cell) throws IOException {
    String answer = ask("execute", cell);
    assertTrue(
        answer.startsWith(error.equals("LinkageError") ? "error" : "error " + error), answer);
    assertTrue(ask("execute", "1 + 1").startsWith("ok "));
  }

  /** What an exception does when it is asked, and what the notebook says of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "public String getMessage() { throw new AssertionError(\"m\"); } # cannot be read: java.lang.AssertionError: m",
        "public String getMessage() { return getMessage(); } # cannot be read: java.lang.StackOverflowError (its causes",
        "public String getMessage() { return null; } # M",
        "public String getLocalizedMessage() { throw new AssertionError(\"l\"); } # M: said",
        "public String toString() { throw new AssertionError(\"t\"); } # M: said",
        "public String toString() { return toString(); } # M: said",
        "public Throwable getCause() { throw new AssertionError(\"c\"); } # cannot be read: java.lang.AssertionError: c",
        "public Throwable getCause() { return this; } # cannot be read: java.lang.StackOverflowError (its causes",
        "public Throwable getCause() { return new M(); } # cannot be read: java.lang.StackOverflowError (its causes",
        "{ initCause(new RuntimeException(this)); } # cannot be read: java.lang.StackOverflowError (its causes",
        "public StackTraceElement[] getStackTrace() { throw new AssertionError(\"s\"); } # cannot be read: java.lang.AssertionError: s",
      })
  void anExceptionThatAnswersBadlyFailsItsCellAndNoMore(String member, String said)
      throws IOException {
    String declared = "class M extends Exception { M() { super(\"said\"); } " + member + " }";
    assertEquals("nothing", ask("eval", declared));
    String lines = ask("eval", "throw new M();");
    assertTrue(lines.startsWith("error " + RED) && lines.contains(said), lines);
    assertTrue(lines.length() < 1500, lines);
    String answer = ask("execute", "throw new M();");
    assertTrue(answer.startsWith("error "), answer);
    assertEquals("nothing", ask("eval", "%eglr error"));
    assertTrue(ask("execute", "1 + 1").startsWith("ok "));
  }

  /** A result's text, and an exception's: code of the user's outside of what the cell runs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "class E { public String toString() { while (on.get()) { Thread.onSpinWait(); } return \"e\"; } } # new E()",
        "class F { public String toString() { while (on.get()) { try { Thread.sleep(1); } catch (InterruptedException e) { } } return \"f\"; } } # List.of(new F())",
        "class G extends Exception { public String getMessage() { while (on.get()) { Thread.onSpinWait(); } return \"g\"; } } # throw new G();",
        "class H { public String toString() { throw new RuntimeException() { public String getMessage() { while (on.get()) { Thread.onSpinWait(); } return \"h\"; } }; } } # new H()",
      })
  void aTextThatNeverEndsIsStoppedAndTheKernelLives(String declared, String cell)
      throws IOException {
    ask("eval", "var on = new java.util.concurrent.atomic.AtomicBoolean(true);");
    ask("eval", declared);
    assertEquals("error CellInterrupted", ask("stop", cell));
    assertEquals("2", ask("eval", "1 + 1"), "while the text goes on in the background");
    assertTrue(ask("execute", "on.set(false);").startsWith("ok "));
  }

  @Test
  void aTextThatHeedsTheStopEndsWithItsCell() throws IOException {
    ask(
        "eval",
        "boolean ended; class S { public String toString() { try { Thread.sleep(600_000); }"
            + " catch (InterruptedException e) { ended = true; } return \"s\"; } }");
    assertEquals("error CellInterrupted", ask("stop", "new S()"));
    assertEquals("true", ask("eval", "ended"));
  }

  @Test
  void assertionsOfCellsAreOn() throws IOException {
    String failed = ask("eval", "assert 1 > 2 : \"wrong\";");
    assertTrue(failed.contains("java.lang.AssertionError: wrong"), failed);
    assertEquals(
        "true",
        ask(
            "eval",
            "class A { boolean on() { return getClass().desiredAssertionStatus(); } }\\nnew A().on()"));
    assertEquals(
        "false", ask("eval", "org.eglr.Eglr.class.desiredAssertionStatus()"), "of cells only");
  }

  @Test
  void aStopThatComesBetweenSnippetsEndsTheCellBeforeTheNext() throws IOException {
    String stopped = ask("execute", "int ran = 1;\\norg.eglr.kernel.jjava.Ask.stop();\\nran = 2;");
    assertEquals("error CellInterrupted", stopped);
    assertEquals("1", ask("eval", "ran"));
  }

  @Test
  void variablesOutliveANewVersionOfWhatTheyWereMadeWith() throws IOException {
    ask("eval", "int helper() { return 1; }");
    ask("eval", "var made = helper(); String text = \"kept\";");
    ask("eval", "int helper() { int other = 2; return other; }");
    ask("eval", "// for later\\nimport java.util.*;");
    ask("eval", "import java.util.zip.*;");
    assertEquals("1 kept 2", ask("eval", "made + \" \" + text + \" \" + helper()"));
    assertEquals("nothing", ask("eval", "%eglr data simulated ad --lists 60 --as lists"));
    ask("eval", "var count = lists.train().size();");
    ask("eval", "%eglr data simulated ad --lists 80 --as lists");
    assertEquals("48 64", ask("eval", "count + \" \" + lists.train().size()"));
  }

  @Test
  void aCheckIsCompiledWithItsCellAndFailsWithItsHint() throws IOException {
    ask("eval", "int twice(int a) { return a; }\\nclass Check { }\\nObject check = null;");
    String body = "check.hint(\"add a to itself\").near(\"twice(2)\", twice(2), 4, 0);";
    String failed = ask("eval", "%%check 01.twice\\n" + body);
    assertTrue(
        failed.startsWith("error " + RED + "check 01.twice: twice(2) is 2, expected 4"), failed);
    assertTrue(failed.contains("hint: add a to itself"), failed);
    ask("eval", "int twice(int a) { return 2 * a; }");
    assertEquals("nothing", ask("eval", "%%check 01.twice\\n" + body));
    String thrown = ask("eval", "%%check 01.none\\nint[] none = {};\\nnone[0]++;");
    assertTrue(thrown.contains("check 01.none: your code threw java.lang.ArrayIndex"), thrown);
    assertTrue(ask("eval", "%%check 01.empty\\nint a = 1;").contains("its cell tests nothing"));
    assertTrue(ask("eval", "%%check\\nint a = 1;").contains("%%check needs a name"));
    assertEquals("29 33 twice(", ask("complete", "%%check 01.twice\\nint other = twic|"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "int a1(int a) { return twicee(a); } # a1(int) is defined but cannot run yet: there is no method twicee(int) (line 1). Correct the name, or define it.",
        "int b0 = 1;\\n\\n// of line 4: entropi(p)\\ndouble b1(double[] p) {\\n  return entropi(p) + Lst.of(b0); }\\nint b2 = b0; # b1(double[]) is defined but cannot run yet: there is no method entropi(double[]) (line 5), no variable or class Lst (line 5). Correct the names, or define them.",
        "void c1() { duble x = 3; } # c1() is defined but cannot run yet: there is no class duble (line 1). Correct the name, or define it.",
        "int d1(Lst<String> x) { return 1; } # d1(Lst<String>) is not defined yet: there is no class Lst (line 1). Correct the name, or define it.",
        "class E1 {\\n int m() { return zz + 1; } } # class E1 is defined, but some of it cannot run yet: there is no variable zz (line 2). Correct the name, or define it.",
        "%%time\\nint f1() {\\n return f2(); } # f1() is defined but cannot run yet: there is no method f2() (line 2). Correct the name, or define it.",
        "int g1() { return g2(); }\\nint g2() { return 1; } # ''",
        "int h1() { return h2(); }\\nint h1() { return 3; } # ''",
        "int i1() { return i2(); }\\ni1 # i1() is defined but cannot run yet: there is no method i2() (line 1). Correct the name, or define it.",
      })
  void aDefinitionWithANameThatNothingDefinesIsToldWithItsCell(String cell, String expected)
      throws IOException {
    String printed = ask("printed", cell);
    assertEquals(expected, printed.split(" \\| error ", 2)[0]);
    String again = ask("printed", cell);
    assertEquals(expected, again.split(" \\| error ", 2)[0], "told each time");
    assertEquals("", ask("printed", "int other = 1;"), "and not with other cells");
  }

  @Test
  void aDefinitionThatCanNoLongerRunIsToldWithTheCellThatMakesItSo() throws IOException {
    assertEquals(
        "", ask("printed", "record Pair(int a) { }\\nint first(Pair p) { return p.a(); }"));
    assertEquals(
        "first(Pair) is not defined yet: there is no class Pair. Correct the name, or define it."
            + "\\nrecord Pair is not defined yet: there is no class Nix (line 1)."
            + " Correct the name, or define it.",
        ask("printed", "record Pair(int a) { Nix b() { return null; } }"));
    assertEquals("", ask("printed", "record Pair(int a) { }"));
    assertEquals("4", ask("eval", "first(new Pair(4))"));
  }

  @Test
  void aCallOfSuchADefinitionFailsWithTheName() throws IOException {
    String unresolved = "call1(int) cannot run: there is no method doubel(int). Correct the name,";
    String error = "error " + RED + unresolved + " or define it.\033[0m";
    ask("eval", "int call1(int a) { return 1; }\\nint call1(int a) { return 2; }");
    ask("eval", "int call1(int a) { return doubel(a); }\\nint call2(int a) { return call1(a); }");
    assertEquals(error, ask("eval", "call1(3)"));
    assertEquals(error, ask("eval", "call2(3)"));
    assertEquals(error, ask("eval", "List.of(1, 2).parallelStream().map(i -> call2(i)).toList()"));
    assertEquals("error UnresolvedName", ask("execute", "call1(3)"));
    String timed = ask("eval", "%time call1(3)");
    assertTrue(timed.contains(unresolved), timed);
    assertTrue(
        ask(
                "eval",
                "try { call1(3); } catch (RuntimeException e) { throw new Error(\"mine\", e); }")
            .startsWith("error " + RED + "java.lang.Error: mine: " + unresolved));
    assertEquals(
        "error " + RED + "check 01.call: " + unresolved + " or define it.\033[0m",
        ask("eval", "%%check 01.call\\ncheck.near(\"call2(2)\", call2(2), 4, 0);"));
    assertEquals(
        error,
        ask("eval", "new Object() { public String toString() { return \"\" + call1(1); } }")
            .replace("The cell has run, but its result cannot be shown:\\n", ""));
    assertEquals("nothing", ask("eval", "int doubel(int a) { return 2 * a; }"));
    assertEquals("6", ask("eval", "call2(3)"));
  }

  @Test
  void aCheckOfWhatIsNotDefinedSaysItOnce() throws IOException {
    String check = "%%check 01.opens\\n" + "check.near(\"o\", opens(1), 4, 0);\\n".repeat(3);
    assertEquals(
        "error "
            + RED
            + "opens is not defined: run the exercise's cell first (and mend what it says)\033[0m",
        ask("eval", check));
    ask("eval", "int opens(Lst a) { return 1; }");
    String waits =
        RED
            + "opens(Lst) is not defined yet: there is no class Lst."
            + " Correct the name, or define it.\033[0m";
    assertEquals("error " + waits, ask("eval", check));
    String call = ask("eval", "opens(1)");
    assertTrue(call.contains("cannot find symbol") && call.endsWith(waits), call);
    String other = ask("eval", "%%check 01.o\\ncheck.near(\"o\", \"a\".lengthh(), 4, 0);");
    assertTrue(other.contains("lengthh()"), other);
  }

  @Test
  void anInterruptIsOneLine() throws IOException {
    assertEquals(
        "error " + RED + "Interrupted.\033[0m", ask("interrupt", "Thread.sleep(600_000);"));
    String deaf = ask("interrupt", "boolean on = true; while (on) { Thread.onSpinWait(); }");
    assertTrue(deaf.contains("runs on in the background"), deaf);
    assertEquals("false", ask("eval", "on = false;\\non"));
  }

  private String ask(String what, String text) throws IOException {
    requests.println(what + "\t" + text);
    String answer = answers.readLine();
    assertTrue(answer != null, "the kernel died of " + text);
    return answer;
  }

  private static void compile(String classPath, Path classes) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path root : List.of(SOURCES, TEST_SOURCES)) {
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("--release", "17", "-proc:none", "-cp", classPath, "-d", classes.toString());
      boolean good =
          compiler
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertTrue(good, messages.toString());
    }
  }
}
