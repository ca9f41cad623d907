package org.eglr.kernel.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eglr.data.CandidateOrder;
import org.eglr.data.Datasets;
import org.eglr.data.RatingLists;
import org.eglr.data.Splits;
import org.eglr.data.sim.Simulator;
import org.eglr.kernel.EglrError;
import org.eglr.kernel.HomeFolder;
import org.eglr.kernel.view.DataView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "data",
    description = "Loads or simulates exposure lists, splits them by time and sums them up.",
    footer = {
      "var data = Datasets.movieLens(\"ml-100k\").lists(10).split(0.8, 0.1, 0.1);",
      "var data = Simulator.adLike().lists(10_000).log().split(0.8, 0.1, 0.1);",
      "var data = Datasets.tianchiAd(folder).split(0.8, 0.1, 0.1);",
      "var data = Datasets.kuaiRand(folder).length(10).split(0.8, 0.1, 0.1);",
      "var data = Datasets.table(table, c -> c.list(\"session\").item(\"item\").clicked(\"click\")).split(0.8, 0.1, 0.1);"
    })
final class DataCommand implements Callable<Object> {

  private static final String SIMULATED = "simulated";

  private final Session session;

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description =
          "ml-100k; the path of a MovieLens folder or of a LibRerank file or folder; simulated; tianchi, kuairand, mind, ebnerd or expedia and the folder of its files; with --list, --item and --clicked a text file with a header, or $NAME of a table")
  private String source;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = ValueCandidates.PRESET_OR_FOLDER,
      description =
          "of simulated data: ad, kuairand, misleading, alike, prices or together; of a published log: where its files are")
  private String preset;

  @Option(
      names = "--length",
      description =
          "items in a list (MovieLens, simulated, kuairand; tianchi, a LibRerank folder: at most)")
  private Integer length;

  @Option(names = "--lists", description = "number of lists (simulated)")
  private Integer lists;

  @Option(names = "--seed", description = "decides shuffles and what is simulated")
  private Long seed;

  @Option(names = "--order", description = "of a list's items: SHUFFLED or POPULARITY (MovieLens)")
  private CandidateOrder order;

  @Option(names = "--clickAt", description = "lowest rating that counts as a click (MovieLens)")
  private Double clickAt;

  @Mixin private PublishedOptions cut = new PublishedOptions();

  @Mixin private TableOptions roles = new TableOptions();

  @Option(
      names = "--split",
      split = ",",
      arity = "1",
      paramLabel = "SHARES",
      description = "shares of training, validation and test lists")
  private double[] split = {0.8, 0.1, 0.1};

  @Option(names = "--as", paramLabel = "NAME", description = "variable for the data")
  private String as = "data";

  DataCommand(Session session) {
    this.session = session;
  }

  @Override
  public Object call() {
    if (split.length != 3) {
      throw new EglrError("--split takes three shares, such as 0.8,0.1,0.1");
    }
    session.declare(as, Splits.class);
    Splits data = session.define(as, read());
    session.show(DataView.of(data).content());
    session.show(DataView.firstList(data.train()).content());
    return data;
  }

  private Splits read() {
    boolean published = PublishedSource.NAMES.contains(source);
    if (!source.equals(PublishedSource.TIANCHI)) {
      cut.ofTianchi().forEach((name, value) -> refuse("tianchi", name, value));
    }
    if (!source.equals(PublishedSource.KUAIRAND)) {
      cut.ofKuaiRand().forEach((name, value) -> refuse("kuairand", name, value));
    }
    if (roles.given() || TableSource.isVariable(source)) {
      refuse("MovieLens", "--length", length, "--order", order, "--clickAt", clickAt);
      if (source.equals(SIMULATED) || source.equals("ml-100k") || published) {
        throw new EglrError(
            "--list, --item and other roles are for own data; '%s' has its own".formatted(source));
      }
      refuse(SIMULATED, "PRESET", preset, "--lists", lists, "--seed", seed);
      return new TableSource(session).read(source, roles).split(split[0], split[1], split[2]);
    }
    if (source.equals(SIMULATED)) {
      refuse("MovieLens", "--order", order, "--clickAt", clickAt);
      return simulator().log().split(split[0], split[1], split[2]);
    }
    if (published) {
      refuse("MovieLens", "--order", order, "--clickAt", clickAt);
      refuse(SIMULATED, "--lists", lists, "--seed", seed);
      if (!source.equals(PublishedSource.TIANCHI) && !source.equals(PublishedSource.KUAIRAND)) {
        refuse("MovieLens, simulated, tianchi and kuairand", "--length", length);
      }
      return new PublishedSource(session)
          .read(source, preset, cut, length)
          .split(split[0], split[1], split[2]);
    }
    refuse(SIMULATED, "PRESET", preset, "--lists", lists);
    source = HomeFolder.inFull(source);
    Path path = new HomePaths().convert(source);
    if (Files.isRegularFile(path)) {
      refuse(
          "MovieLens", "--length", length, "--order", order, "--clickAt", clickAt, "--seed", seed);
      return Datasets.libRerank(path).split(split[0], split[1], split[2]);
    }
    if (Files.isRegularFile(path.resolve("data.train"))) {
      refuse("MovieLens", "--order", order, "--clickAt", clickAt, "--seed", seed);
      return Datasets.libRerankSplits(
          path.resolve("data.train"),
          path.resolve("data.valid"),
          path.resolve("data.test"),
          length == null ? Integer.MAX_VALUE : length);
    }
    return ratings().split(split[0], split[1], split[2]);
  }

  private Simulator simulator() {
    Simulator simulator = Simulator.preset(preset == null ? "ad" : preset);
    if (length != null) {
      simulator.listLength(length);
    }
    if (lists != null) {
      simulator.lists(lists);
    }
    if (seed != null) {
      simulator.seed(seed);
    }
    return simulator;
  }

  private RatingLists ratings() {
    RatingLists ratings = Datasets.movieLens(source).lists(length == null ? 10 : length);
    if (seed != null) {
      ratings.seed(seed);
    }
    if (order != null) {
      ratings.order(order);
    }
    if (clickAt != null) {
      ratings.clickAt(clickAt);
    }
    return ratings;
  }

  /** Refuses options that would change nothing; pairs of name and value. */
  private void refuse(String kind, Object... options) {
    for (int i = 0; i < options.length; i += 2) {
      if (options[i + 1] != null) {
        throw new EglrError(
            "%s is for %s data; it means nothing for '%s'".formatted(options[i], kind, source));
      }
    }
  }
}
