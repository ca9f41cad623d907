package org.eglr.kernel.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.eglr.data.CutLog;
import org.eglr.data.Datasets;
import org.eglr.data.KuaiRand;
import org.eglr.data.ListLog;
import org.eglr.data.LogProgress;
import org.eglr.data.TianchiAd;
import org.eglr.kernel.Content;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.LiveProgress;
import org.eglr.kernel.view.Numbers;

/** Published logs by name and place; the large ones show how far their reading is. */
final class PublishedSource {

  static final String TIANCHI = "tianchi";
  static final String KUAIRAND = "kuairand";
  static final List<String> NAMES = List.of(TIANCHI, KUAIRAND, "mind", "ebnerd", "expedia");

  private final Session session;
  private LiveProgress shown;
  private LogProgress last;

  PublishedSource(Session session) {
    this.session = session;
  }

  /**
   * Reads a log.
   *
   * @param name one of {@link #NAMES}
   * @param place what was written behind it; null for nothing
   * @param length items of a list; null for the default
   */
  ListLog read(String name, String place, PublishedOptions options, Integer length) {
    if (place == null) {
      throw new EglrError(
          "'%s' needs the folder of its files: %%eglr data %s FOLDER".formatted(name, name));
    }
    Path path = new HomePaths().convert(place);
    return switch (name) {
      case TIANCHI -> {
        TianchiAd log = Datasets.tianchiAd(path);
        options.apply(log, length);
        yield cut(log);
      }
      case KUAIRAND -> {
        KuaiRand log = Datasets.kuaiRand(path);
        options.apply(log, length);
        yield cut(log);
      }
      case "mind" -> Datasets.mind(path);
      case "ebnerd" -> Datasets.ebNerd(path);
      default -> Datasets.expedia(Files.isDirectory(path) ? path.resolve("train.csv") : path);
    };
  }

  private ListLog cut(CutLog<?> log) {
    log.progress(this::tell);
    try {
      ListLog lists = log.log();
      end(
          last == null
              ? ""
              : String.format(
                  Locale.ROOT,
                  "%s: %,d rows cut into lists in %s.",
                  lists.name(),
                  last.rows(),
                  Numbers.time(last.seconds())));
      return lists;
    } catch (RuntimeException | Error e) {
      end("Not finished.");
      throw e;
    }
  }

  /** Shows it from the first word on: lists that were kept are there at once. */
  private void tell(LogProgress at) {
    if (shown == null) {
      shown = LiveProgress.in(session.host());
    }
    last = at;
    shown.at(
        at.share(),
        at.secondsLeft(),
        String.format(Locale.ROOT, "%s · %,d rows", at.what(), at.rows()));
  }

  private void end(String text) {
    if (shown != null) {
      shown.end(Content.text(text));
    }
  }
}
