package org.eglr.kernel.course;

import java.nio.file.Path;
import java.util.List;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.view.TableView;

/** The lessons of a folder and how far a reader has come. */
public final class CourseTable {

  private CourseTable() {}

  /**
   * The table.
   *
   * @param folder that of the notebooks
   * @throws EglrError if no lesson is there
   */
  public static TableView of(Path folder) {
    return of(folder, Progress.here());
  }

  static TableView of(Path folder, Progress progress) {
    List<LessonFile> lessons = LessonFile.in(folder);
    if (lessons.isEmpty()) {
      throw new EglrError(
          "no lessons in "
              + folder.toAbsolutePath()
              + "; ./eglr lab opens your copy of the course");
    }
    TableView table =
        new TableView("The course")
            .text("lesson")
            .line("minutes")
            .line("checks passed")
            .line("guesses made");
    int passedInAll = 0;
    int all = 0;
    for (LessonFile lesson : lessons) {
      int passed = (int) lesson.checks().stream().filter(progress::passed).count();
      int of = lesson.checks().size();
      table.row(
          lesson.id() + "  " + lesson.title(),
          lesson.minutes() == 0 ? "" : String.valueOf(lesson.minutes()),
          of == 0 ? "–" : passed + " of " + of + (passed == of ? " ✓" : ""),
          String.valueOf(progress.guesses(lesson.id())));
      passedInAll += passed;
      all += of;
    }
    return table.note(passedInAll + " of " + all + " checks passed");
  }
}
