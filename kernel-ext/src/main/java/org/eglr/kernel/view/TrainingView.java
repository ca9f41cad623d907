package org.eglr.kernel.view;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eglr.train.TrainingLog;
import org.eglr.train.TrainingStep;
import org.eglr.train.Validation;

/** What a training run measured, first and last, and the validation that decided. */
public final class TrainingView {

  /** What stands before a warning. */
  static final String WARNING = "Warning: ";

  private TrainingView() {}

  public static TableView of(TrainingLog log) {
    List<TrainingStep> steps = log.steps();
    TableView view = new TableView(title(log));
    if (steps.isEmpty()) {
      return view.note("no step was taken");
    }
    view.text("measurement").number("first step").number("last step");
    log.best().ifPresent(best -> view.number("validation, step " + Numbers.show(best.step())));
    Map<String, Double> first = steps.get(0).values();
    Map<String, Double> last = steps.get(steps.size() - 1).values();
    Map<String, Double> kept = log.best().map(Validation::values).orElse(Map.of());
    Set<String> names = new LinkedHashSet<>(first.keySet());
    names.addAll(last.keySet());
    names.addAll(kept.keySet());
    for (String name : names) {
      List<String> cells = new ArrayList<>(List.of(name, value(first, name), value(last, name)));
      log.best().ifPresent(best -> cells.add(value(kept, name)));
      view.row(cells);
    }
    log.warnings().forEach(warning -> view.note(WARNING + warning + "."));
    return view.note(kept(log));
  }

  private static String title(TrainingLog log) {
    return "Training of the %s: %s steps in %s"
        .formatted(
            log.name().equals("grpo") ? "generator (GRPO)" : log.name(),
            Numbers.show(log.steps().size()),
            Numbers.time(log.seconds()));
  }

  private static String kept(TrainingLog log) {
    String kept =
        log.best()
            .map(
                best ->
                    "the weights after step %s, the best on the validation lists"
                        .formatted(Numbers.show(best.step())))
            .orElse("the last weights; there was no validation");
    int last = log.steps().get(log.steps().size() - 1).step();
    return log.interrupted()
        ? "Stopped by hand after step %s; kept: %s. The same command trains on."
            .formatted(Numbers.show(last), kept)
        : "Kept: " + kept + ".";
  }

  private static String value(Map<String, Double> values, String name) {
    return Numbers.show(values.getOrDefault(name, Double.NaN));
  }
}
