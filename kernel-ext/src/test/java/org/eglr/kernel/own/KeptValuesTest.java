package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A JShell in this process, whose variables are kept as in the notebook. */
class KeptValuesTest {

  /** Shows its classes. */
  private static final class Local extends LocalExecutionControl {
    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
      return super.findClass(name);
    }
  }

  private final KeptValues values = new KeptValues();
  private final List<String> notes = new ArrayList<>();
  private JShell shell;

  @BeforeEach
  void start() {
    Local local = new Local();
    ExecutionControlProvider provider =
        new ExecutionControlProvider() {
          @Override
          public String name() {
            return "local";
          }

          @Override
          public ExecutionControl generate(ExecutionEnv environment, Map<String, String> options) {
            return local;
          }
        };
    shell =
        JShell.builder()
            .executionEngine(values.around(provider, local::findClass), Map.of())
            .build();
    run("import java.util.*;");
  }

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void aHelperThatIsEditedKeepsWhatWasMadeWithIt() {
    run("int answer() { return 1; }");
    run("int twice(int a) { return 2 * a; }");
    run("var v = answer(); List<Integer> all = new ArrayList<>(List.of(answer(), twice(3)));");
    run("int answer() { int other = 2; return other; }");
    run("int twice(int a) { return a + a; }");
    assertEquals("1", value("v"));
    assertEquals("[1, 6]", value("all"));
    assertEquals("2", value("answer()"));
    assertEquals(List.of(), notes);
  }

  @Test
  void aValueThatIsEditedKeepsWhatWasMadeWithIt() {
    run("double rate = 0.01; var cfg = new double[] {rate}; boolean on = rate > 0;");
    run("double rate = 0.02;");
    assertEquals("0.01", value("cfg[0]"));
    assertEquals("true", value("on"));
    assertEquals("0.02", value("rate"));
  }

  @Test
  void aNewValueMayBeMadeOfWhatTheOldOneMade() {
    run("var x = 1; var y = x + 1;");
    run("var x = y * 2;");
    assertEquals("4", value("x"));
    assertEquals("2", value("y"));
  }

  @Test
  void aVariableWithoutAValueIsEmptyAsInJava() {
    run("int n = 3; String text = \"a\";");
    run("int n; String text;");
    assertEquals("0", value("n"));
    assertEquals("null", value("text"));
  }

  @Test
  void aTypeThatIsEditedEmptiesItsVariablesAndSaysWhich() {
    run("record Point(int x) {}");
    run("var p = new Point(1); var points = List.of(p); Point none = null; int other = p.x();");
    run("record Point(int x, int y) { Point(int x) { this(x, 0); } }");
    assertEquals("null", value("p"));
    assertEquals("1", value("other"));
    assertEquals(
        List.of(
            "Emptied, since their type was declared again: p (Point), points (List<Point>)."
                + " Run the cells that make them."),
        notes);
  }

  @Test
  void aTypeThatStaysTheSameKeepsItsVariables() {
    run("record Point(int x) {}");
    run("var p = new Point(1);");
    run("// of the plane\nrecord Point(int x) {}");
    run("import java.util.function.*;");
    assertEquals("Point[x=1]", value("p"));
    assertEquals(List.of(), notes);
  }

  @Test
  void aHelperThatATypeUses() {
    run("int answer() { return 1; }");
    run("class Box { int get() { return answer(); } }");
    run("var box = new Box(); var size = box.get();");
    run("int answer() { int other = 2; return other; }");
    assertEquals("1", value("size"));
    assertEquals("2", value("new Box().get()"));
    assertTrue(notes.isEmpty() != value("box").equals("null"), notes.toString());
  }

  @Test
  void aLambdaRunsTheCodeOfBeforeAndTheCellSaysSo() {
    run("int answer() { return 1; }");
    run("var late = (java.util.function.IntSupplier) () -> answer();");
    run("int answer() { int other = 2; return other; }");
    assertEquals("1", value("late.getAsInt()"));
    assertEquals(
        List.of("With the code from before: late. Run the cells that make them, for the new one."),
        notes);
  }

  @Test
  void aVariableWhoseInitializerNoLongerCompiles() {
    run("int answer() { return 1; }");
    run("var v = answer();");
    run("String answer() { return \"one\"; }");
    assertEquals("1", value("v"));
    assertEquals("\"one\"", value("answer()"));
    assertEquals(List.of(), notes);
  }

  @Test
  void aCellThatFailsKeepsTheValueOfBefore() {
    run("int answer() { return 1; }");
    run("var v = answer();");
    run("int answer() { throw new IllegalStateException(\"no\"); }");
    run("var v = answer();");
    assertEquals("1", value("v"));
  }

  /** Types that cannot be written down, or can in a shorter way than the compiler does. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "(Function<Integer, Integer> & java.io.Serializable) a -> a + one() # v.apply(1) # 2",
        "(Runnable & java.io.Serializable & Cloneable) () -> { one(); } # v instanceof Cloneable # true",
        "new Object() { int n = 5 * one(); int twice() { return 2 * n; } } # v.n + v.twice() # 15",
        "new Thread() { int n = one(); } # v.n # 1",
        "List.of(new Object() { int n = one(); }) # v.get(0).n # 1",
        "List.of(one(), \"a\") # v.size() # 2",
        "Arrays.asList(one(), 2.5) # v.get(1).intValue() # 2",
        "one() > 0 ? 1 : \"a\" # v.hashCode() # 1",
        "(Supplier<Supplier<Integer>>) () -> () -> one() # v.get().get() # 1",
        "Function.<Integer>identity().andThen(a -> a + one()) # v.apply(1) # 2",
        "new Function[] {a -> one()} # v[0].apply(0) # 1",
        "Map.<String, Function<Integer, ?>>of(\"a\", a -> one()) # v.get(\"a\").apply(0) # 1",
        "(Comparator<? super Integer>) (a, b) -> one() # v.compare(1, 2) # 1",
        "new ArrayList<Class<? extends Number>>(List.of(Integer.class)) # v.size() # 1",
        "one() > 0 ? Optional.of(List.of(1)) : Optional.of(Set.of(1)) # v.get().size() # 1",
      })
  void valuesOfAnyTypeAreKept(String made, String use, String value) {
    run("import java.util.function.*;");
    run("int one() { return 1; }");
    run("var v = " + made + ";");
    assertEquals(value, value(use));
    run("import java.util.zip.*;");
    assertEquals(value, value(use), "after an import");
    run("int one() { int other = 1; return other; }");
    assertEquals(value, value(use), "after a helper was edited: " + notes);
    run("double one() { return 1; }");
    assertTrue(
        value.equals(value(use)) || notes.toString().contains("Emptied"), value(use) + notes);
  }

  @Test
  void lambdasOfATypeThatIsEditedAreEmptiedAndTheCellSaysSo() {
    run("interface Twice { int of(int a); }");
    run("Twice t = a -> 2 * a; var all = List.of(t);");
    run("interface Twice { long of(int a); }");
    assertEquals("null", value("t"));
    assertEquals(
        List.of(
            "Emptied, since their type was declared again: all (List<Twice>), t (Twice)."
                + " Run the cells that make them."),
        notes);
  }

  /** Nothing of a value's own is called to find out whether a variable was emptied. */
  @Test
  void aValueThatAnswersNothingIsNoHindrance() {
    run("class Deaf { public boolean equals(Object o) { throw new AssertionError(\"asked\"); } }");
    run("var deaf = new Deaf(); var deafs = new Deaf[] {deaf};");
    run("class Deaf { int n; public boolean equals(Object o) { throw new AssertionError(); } }");
    assertEquals("null", value("deaf"));
    assertTrue(notes.toString().contains("deaf (Deaf), deafs (Deaf[])"), notes.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import java.util.*;",
        "// helpers\nimport java.util.*;",
        "/* helpers */ import  java.util . * ; ",
        "import java.util.function.*;",
        "import java.util.concurrent.atomic.AtomicInteger;",
        "import static java.lang.Math.*;",
      })
  void importsChangeNothing(String line) {
    run("import static java.lang.Math.*;");
    run("class Box { int size = max(1, 2); }");
    run("int answer() { return max(1, 2); }");
    run("var box = new Box(); var list = new ArrayList<Box>(); list.add(box); var n = answer();");
    run("IntSummaryStatistics later = new IntSummaryStatistics();");
    run(line);
    assertEquals(
        "2 1 2 true", text("box.size + \" \" + list.size() + \" \" + n + \" \" + (later != null)"));
    assertEquals("true", value("list.get(0) instanceof Box"));
    assertEquals(List.of(), notes);
  }

  @Test
  void anImportThatIsThereIsSkippedAndAnotherOneIsNot() {
    assertTrue(PresentImport.is("// once more\nimport java.util.*;", shell));
    for (String other :
        List.of(
            "import java.util.List;",
            "import static java.util.Map.*;",
            "int a = 1; // import java.util.*;",
            "String text = \"import java.util.*;\";",
            "import java.awt.*;")) {
      assertTrue(!PresentImport.is(other, shell), other);
    }
    run("import java.awt.List;");
    assertTrue(!PresentImport.is("import java.util.List;", shell));
  }

  @Test
  void linesOfATraceAreThoseOfTheSourceAfterAnImport() {
    run("class Box {\n  int bad(int a) {\n    return 1 / a;\n  }\n}");
    run("import java.util.function.*;\n");
    run("import java.util.stream.*;\n");
    List<SnippetEvent> events = shell.eval("new Box().bad(0)");
    StackTraceElement frame = events.get(0).exception().getStackTrace()[0];
    assertEquals("bad", frame.getMethodName());
    assertEquals(3, frame.getLineNumber());
  }

  /** As the kernel does it: snippet by snippet. */
  private void run(String cell) {
    CompletionInfo part = shell.sourceCodeAnalysis().analyzeCompletion(cell);
    while (part.completeness().isComplete()) {
      if (!PresentImport.is(part.source(), shell)) {
        values.before(shell);
        List<SnippetEvent> events = shell.eval(part.source().strip());
        notes.addAll(values.after());
        events.forEach(
            event ->
                assertTrue(event.status() != Snippet.Status.REJECTED, event.snippet().source()));
      }
      part = shell.sourceCodeAnalysis().analyzeCompletion(part.remaining());
    }
  }

  private String value(String expression) {
    return shell.eval(expression).get(0).value();
  }

  private String text(String expression) {
    return value(expression).replace("\"", "");
  }
}
