package org.eglr.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A file with the lists that were cut out of a log. It is written whole or not at all, and counts
 * only as long as the log's files have the sizes and times of change that they had.
 */
final class KeptLists {

  private static final String ENDING = ".lists";
  private static final String UNFINISHED = ".unfinished";
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path folder;
  private final Path file;
  private final String origin;

  /**
   * @param folder where such files are kept
   * @param source the log's folder
   * @param options all that decides the lists beside the files
   * @param files the log's files
   */
  KeptLists(Path folder, Path source, String options, List<Path> files) {
    this.folder = folder;
    StringBuilder text = new StringBuilder(options).append('\n');
    for (Path part : files) {
      text.append(part.getFileName()).append(' ').append(stamp(part)).append('\n');
    }
    origin = text.toString();
    String name = options.substring(0, options.indexOf(' '));
    file = folder.resolve(name + "-" + hash(source.toAbsolutePath() + "\n" + options) + ENDING);
  }

  Path file() {
    return file;
  }

  private static String stamp(Path part) {
    try {
      return Files.size(part) + " " + Files.getLastModifiedTime(part).to(TimeUnit.MICROSECONDS);
    } catch (IOException e) {
      return "absent"; // Reading it says what is wrong.
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has it.
    }
  }

  /** The lists; empty if there are none, or others, or the file is damaged: they are cut anew. */
  Optional<ListLog> read() {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return ListLogFile.read(file, origin);
    } catch (IOException | DataException e) {
      return Optional.empty();
    }
  }

  /** Keeps a log's lists; what was wrong if that is impossible, which harms nothing. */
  Optional<String> write(ListLog log) {
    Path unfinished = null;
    try {
      Files.createDirectories(folder);
      removeAbandoned();
      unfinished = Files.createTempFile(folder, file.getFileName().toString(), UNFINISHED);
      ListLogFile.write(unfinished, origin, log);
      try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      unfinished = null;
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the lists are not kept: %s (%s)".formatted(folder, e));
    } finally {
      remove(unfinished);
    }
  }

  /** Files of runs that were ended from outside. */
  private void removeAbandoned() throws IOException {
    Instant since = Instant.now().minus(ABANDONED);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path found : files.filter(f -> f.toString().endsWith(UNFINISHED)).toList()) {
        if (Files.getLastModifiedTime(found).toInstant().isBefore(since)) {
          remove(found);
        }
      }
    }
  }

  private static void remove(Path unfinished) {
    try {
      if (unfinished != null) {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      unfinished.toFile().deleteOnExit();
    }
  }
}
