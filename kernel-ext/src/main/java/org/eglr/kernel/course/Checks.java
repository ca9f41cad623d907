package org.eglr.kernel.course;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eglr.kernel.Content;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.Notebook;
import org.eglr.kernel.view.Html;

/** Runs {@code %%check} cells: our kernel makes a call of {@link #run} of each. */
public final class Checks {

  /** The type of an output that says that a check passed; graders count these and no text. */
  public static final String MIME = "application/vnd.eglr.check+json";

  private Checks() {}

  /**
   * Runs a check, shows that it passed, and remembers it.
   *
   * @param name lesson and check: {@code 01.dcg}
   * @param token what a grader adds to tell its own runs from any other; empty for readers
   * @throws EglrError naming the test that failed, with its hint
   */
  public static void run(String name, String token, CheckBody body) {
    run(name, token, body, Progress.here());
  }

  static void run(String name, String token, CheckBody body, Progress progress) {
    Check check = new Check(name);
    try {
      body.run(check);
      if (check.tests() == 0) {
        throw new EglrError("check " + name + ": its cell tests nothing");
      }
    } catch (EglrError failed) {
      progress.checked(name, false);
      throw failed;
    } catch (Throwable failed) {
      progress.checked(name, false);
      Notebook.failed(failed);
      throw check.failure(
          Notebook.missingName(failed)
              .orElseGet(() -> "your code threw " + failed + " (%eglr error shows where)"));
    }
    progress.checked(name, true);
    Content passed = passed(name, token, check.tests());
    Notebook.host().ifPresent(host -> host.show(passed));
  }

  private static Content passed(String name, String token, int tests) {
    String text = "✓ " + name + " passed";
    Map<String, String> data = new LinkedHashMap<>();
    data.put(
        Content.HTML,
        "<div style=\"color:#1a7f37;font-weight:600\">" + Html.escape(text) + "</div>");
    data.put(Content.TEXT, text);
    data.put(MIME, Progress.json(Map.of("check", name, "token", token, "tests", tests)));
    return new Content(data, Map.of());
  }
}
