package org.eglr.internal.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Writes a file that is there whole or not at all: beside it first, as NAME.DIGITS.part, then moved
 * there. The part is locked while it is written, so that those of killed processes can be told from
 * those of living ones; the next write to the same name deletes them.
 */
public final class PartFile {

  private static final String SUFFIX = ".part";
  private static final int ATTEMPTS = 3;

  /** Parts that this process writes: a lock does not keep a process out of its own files. */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private static final SplittableRandom NAMES = new SplittableRandom();

  private PartFile() {}

  /** Writes all content; it may be asked for more than once. */
  public interface Content {
    void write(FileOutputStream out) throws IOException;
  }

  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    deleteStale(target);
    for (int attempt = 1; !attempt(target, content, attempt == ATTEMPTS); attempt++) {}
  }

  /** False where another process took the part for a killed one's in the moment before its lock. */
  private static boolean attempt(Path target, Content content, boolean last) throws IOException {
    Path part = create(target);
    try {
      // Not a channel: an interrupted thread could not write to one, and a run that is being
      // stopped writes its checkpoint.
      try (FileOutputStream out = new FileOutputStream(part.toFile())) {
        lock(out);
        content.write(out);
        out.flush();
        out.getFD().sync(); // before the move, so that a crash leaves the old file or the new one
      }
      move(part, target);
      return true;
    } catch (NoSuchFileException e) {
      if (last || !part.toString().equals(e.getFile())) {
        throw e;
      }
      return false;
    } finally {
      Files.deleteIfExists(part);
      OURS.remove(part);
    }
  }

  /**
   * Not a temporary file of Java's: those are readable by their owner alone, after the move too.
   */
  private static Path create(Path target) throws IOException {
    while (true) {
      long number;
      synchronized (NAMES) {
        number = NAMES.nextLong(1L << 62);
      }
      Path part = target.resolveSibling(target.getFileName() + "." + number + SUFFIX);
      OURS.add(part);
      try {
        return Files.createFile(part);
      } catch (FileAlreadyExistsException e) {
        continue;
      } catch (IOException e) {
        OURS.remove(part);
        throw e;
      }
    }
  }

  @SuppressWarnings("resource") // the lock ends with the stream
  private static void lock(FileOutputStream out) {
    try {
      out.getChannel().tryLock();
    } catch (IOException | OverlappingFileLockException e) {
      // A file system without locks: others cannot lock the part either, and leave it alone.
    }
  }

  private static void move(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteStale(Path target) {
    Pattern ours = Pattern.compile(Pattern.quote(target.getFileName() + ".") + "\\d{1,19}\\.part");
    try (DirectoryStream<Path> parts =
        Files.newDirectoryStream(
            target.getParent(), path -> ours.matcher(path.getFileName().toString()).matches())) {
      for (Path part : parts) {
        if (!OURS.contains(part) && Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)) {
          deleteUnlocked(part);
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // What cannot be tidied is in nobody's way; what cannot be written to is said by the write.
    }
  }

  private static void deleteUnlocked(Path part) {
    try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw");
        FileLock lock = file.getChannel().tryLock()) {
      if (lock != null) {
        Files.deleteIfExists(part);
      }
    } catch (IOException | OverlappingFileLockException e) {
      // In use, gone meanwhile, another user's, or nothing here can be locked: it stays.
    }
  }
}
