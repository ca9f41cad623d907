package org.eglr.kernel.magic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eglr.data.KuaiRand;
import org.eglr.data.KuaiRandPart;
import org.eglr.data.TianchiAd;
import picocli.CommandLine.Option;

/** How published logs are cut into lists, as options of {@code %eglr data}. */
final class PublishedOptions {

  @Option(
      names = "--window",
      paramLabel = "SECONDS",
      description = "from a list's last impression back to its first at most (tianchi)")
  private Integer window;

  @Option(names = "--listsPerUser", description = "lists of a user at most (tianchi)")
  private Integer listsPerUser;

  @Option(
      names = "--minImpressions",
      description = "users with fewer impressions are left out (tianchi)")
  private Integer minImpressions;

  @Option(
      names = "--unclicked",
      arity = "0",
      description = "takes lists without a click as well (tianchi)")
  private Boolean unclicked;

  @Option(
      names = "--logs",
      split = ",",
      arity = "1",
      description = "which logs are read (kuairand); by default the two standard ones")
  private KuaiRandPart[] logs;

  @Option(
      names = "--minOccurrences",
      description = "videos that are shown less often are left out (kuairand)")
  private Integer minOccurrences;

  /** The options that are for one log, with what was given; null for what was not. */
  Map<String, Object> ofTianchi() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("--window", window);
    given.put("--listsPerUser", listsPerUser);
    given.put("--minImpressions", minImpressions);
    given.put("--unclicked", unclicked);
    return given;
  }

  /** As {@link #ofTianchi}, for KuaiRand. */
  Map<String, Object> ofKuaiRand() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("--logs", logs);
    given.put("--minOccurrences", minOccurrences);
    return given;
  }

  void apply(TianchiAd log, Integer length) {
    if (window != null) {
      log.window(Duration.ofSeconds(window));
    }
    if (listsPerUser != null) {
      log.listsPerUser(listsPerUser);
    }
    if (minImpressions != null) {
      log.minImpressions(minImpressions);
    }
    if (unclicked != null && unclicked) {
      log.withUnclicked();
    }
    if (length != null) {
      log.longest(length);
    }
  }

  void apply(KuaiRand log, Integer length) {
    if (logs != null) {
      log.logs(logs[0], logs);
    }
    if (minOccurrences != null) {
      log.minOccurrences(minOccurrences);
    }
    if (length != null) {
      log.length(length);
    }
  }
}
