package org.eglr.kernel.view;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eglr.kernel.Content;
import org.eglr.train.TrainingStep;
import org.eglr.train.Validation;

/** How far a training run is: a bar, its pace, the time left and the current measurements. */
public final class ProgressView {

  /** The pace is that of the last steps, since the first ones are slow. */
  private static final int RECENT = 50;

  private ProgressView() {}

  /**
   * The state of a run.
   *
   * @param steps all steps so far, at least one
   * @param validations all measurements on validation lists so far
   */
  public static Content of(List<TrainingStep> steps, List<Validation> validations) {
    return of(steps, validations, List.of());
  }

  /**
   * The state of a run in which something goes wrong.
   *
   * @param warnings each one sentence
   */
  public static Content of(
      List<TrainingStep> steps, List<Validation> validations, List<String> warnings) {
    TrainingStep now = steps.get(steps.size() - 1);
    double share = now.total() == 0 ? 0 : (double) now.step() / now.total();
    String pace = pace(steps);
    String measured = measurements(now.values());
    String validated =
        validations.stream()
            .filter(Validation::best)
            .reduce((a, b) -> b)
            .map(
                best ->
                    "best validation (step %s): %s"
                        .formatted(Numbers.show(best.step()), measurements(best.values())))
            .orElse("");
    String html =
        String.format(
                Locale.ROOT,
                "<div><progress value=\"%.4f\" max=\"1\" style=\"width:100%%\"></progress>",
                share)
            + "<div><b>"
            + Html.escape(pace)
            + "</b></div>"
            + "<div>"
            + Html.escape(measured)
            + "</div>"
            + (validated.isEmpty() ? "" : Html.note(validated))
            + warnings.stream()
                .map(warning -> Html.note(TrainingView.WARNING + warning))
                .collect(Collectors.joining())
            + "</div>";
    String text =
        bar(share)
            + " "
            + pace
            + "\n"
            + measured
            + (validated.isEmpty() ? "" : "\n" + validated)
            + warnings.stream()
                .map(warning -> "\n" + TrainingView.WARNING + warning)
                .collect(Collectors.joining());
    return Content.html(html, text);
  }

  private static String pace(List<TrainingStep> steps) {
    TrainingStep now = steps.get(steps.size() - 1);
    TrainingStep before = steps.get(Math.max(0, steps.size() - 1 - RECENT));
    double seconds = now.seconds() - before.seconds();
    double rate = seconds > 0 ? (now.step() - before.step()) / seconds : now.step() / now.seconds();
    String place = "step %s of %s".formatted(Numbers.show(now.step()), Numbers.show(now.total()));
    return rate > 0 && Double.isFinite(rate)
        ? "%s · %s steps/s · %s left"
            .formatted(place, Numbers.show(rate), Numbers.time((now.total() - now.step()) / rate))
        : place;
  }

  private static String measurements(Map<String, Double> values) {
    return values.entrySet().stream()
        .map(value -> value.getKey() + " " + Numbers.show(value.getValue()))
        .collect(Collectors.joining(" · "));
  }

  private static String bar(double share) {
    int full = (int) Math.round(20 * Math.max(0, Math.min(1, share)));
    return "[" + "#".repeat(full) + ".".repeat(20 - full) + "]";
  }
}
