package org.eglr.kernel.view;

import org.eglr.decode.EntropyProfile;

/** Entropy and reasoning by list position. */
public final class ProfileView {

  private ProfileView() {}

  public static TableView of(EntropyProfile profile) {
    TableView view =
        new TableView("Decision entropy by position")
            .number("position")
            .number("before (nats)")
            .number("after (nats)")
            .number("before / log n")
            .number("after / log n")
            .number("reasoning steps");
    for (int i = 0; i < profile.length(); i++) {
      view.row(
          Numbers.show(i + 1),
          Numbers.show(profile.before()[i]),
          Numbers.show(profile.after()[i]),
          Numbers.show(profile.relativeBefore()[i]),
          Numbers.show(profile.relativeAfter()[i]),
          Numbers.show(profile.steps()[i]));
    }
    return view.note(
        "n = candidates that remain; %s reasoning steps per list"
            .formatted(Numbers.show(profile.stepsPerList())));
  }
}
