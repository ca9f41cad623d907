package org.eglr.kernel.magic;

import java.util.List;
import java.util.function.Function;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.Host;
import org.eglr.kernel.widget.ChoiceControl;
import org.eglr.kernel.widget.WhatIf;
import org.eglr.reasoning.Gate;

/** A slider over the values of one setting; the others have one value each. */
final class WhatifSlider {

  enum Setting {
    entropyThreshold("--entropyThreshold 0.4,0.8,1.2"),
    gate("--gate never,entropy:0.8,always"),
    maxSteps("--maxSteps 0,1,2,4"),
    exploration("--exploration 1,1.5,2");

    private final String example;

    Setting(String example) {
      this.example = example;
    }
  }

  private final Setting setting;
  private final List<WhatifValues> stops;

  /**
   * A slider.
   *
   * @throws EglrError if the setting has one value, or another has several
   */
  WhatifSlider(Setting setting, WhatifValues values) {
    this.setting = setting;
    this.stops = values.each();
    int own =
        switch (setting) {
          case entropyThreshold, gate -> values.gates().size();
          case maxSteps -> values.budgets().size();
          case exploration -> values.explorations().size();
        };
    if (own < 2) {
      throw new EglrError(
          "--slider %s needs at least two values of it, as in %s"
              .formatted(setting, setting.example));
    }
    if (stops.size() > own) {
      throw new EglrError(
          "--slider %s moves one setting: give the others one value each".formatted(setting));
    }
  }

  /**
   * Shows it.
   *
   * @param view what is shown for one value of each setting
   */
  void show(Host host, Function<WhatifValues, ?> view) {
    WhatIf.show(
        host,
        new ChoiceControl<>(setting.name(), stops, this::word),
        "the same line without --slider measures all of them",
        view);
  }

  private String word(WhatifValues stop) {
    Gate gate = stop.gates().get(0);
    return switch (setting) {
      case entropyThreshold, gate -> gate.describe().replaceFirst("^entropy:", prefix());
      case maxSteps -> String.valueOf(stop.budgets().get(0));
      case exploration -> String.valueOf(stop.explorations().get(0));
    };
  }

  private String prefix() {
    return setting == Setting.entropyThreshold ? "" : "entropy:";
  }
}
