package org.eglr.internal.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eglr.ModelFileException;

/**
 * Keeps other runs, of this process and of others, from writing the same file: a lock on NAME.lock
 * beside it, which the system gives back when a process ends, however it ends. Where a file system
 * has no locks, it holds within this process.
 */
public final class RunLock implements AutoCloseable {

  /**
   * What this process holds. It must be looked at before a lock's file is opened: on POSIX systems
   * a process loses its lock when it closes the file anywhere.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** Files that must stay open, for closing them would free a lock that is not ours to free. */
  private static final List<RandomAccessFile> LEFT_OPEN = new ArrayList<>();

  private final Path path;
  private final RandomAccessFile file;
  private final boolean delete;

  /** Locks an open file; null if another process has it locked. */
  interface Locker {
    FileLock lock(RandomAccessFile file) throws IOException;
  }

  private RunLock(Path path, RandomAccessFile file, boolean delete) {
    this.path = path;
    this.file = file;
    this.delete = delete;
  }

  /**
   * Takes the lock of a file that need not exist.
   *
   * @throws ModelFileException if another run holds it
   */
  public static RunLock take(Path file) {
    return take(file, opened -> opened.getChannel().tryLock());
  }

  static RunLock take(Path file, Locker locker) {
    Path beside = file.toAbsolutePath().resolveSibling(file.getFileName() + ".lock");
    try {
      while (true) {
        RunLock lock = attempt(file, beside, locker);
        if (lock != null) {
          return lock;
        }
      }
    } catch (IOException e) {
      throw new ModelFileException(
          "cannot lock checkpoint %s by %s: %s: name another file"
              .formatted(file, beside, e.getClass().getSimpleName() + ": " + e.getMessage()),
          e);
    }
  }

  /** Null if the lock's file went away meanwhile: whoever held it has just ended. */
  private static RunLock attempt(Path file, Path beside, Locker locker) throws IOException {
    try {
      Files.createFile(beside);
    } catch (FileAlreadyExistsException e) {
      Boolean regular = regular(beside);
      if (regular == null) {
        return null;
      }
      if (!regular) {
        throw e; // neither a folder nor a link is a lock's file
      }
    }
    Path path;
    try {
      path = beside.toRealPath();
    } catch (NoSuchFileException e) {
      return null;
    }
    if (!HELD.add(path)) {
      throw taken(file, "another run of this process");
    }
    RunLock lock = null;
    try {
      lock = locked(file, path, locker);
    } finally {
      if (lock == null) {
        HELD.remove(path);
      }
    }
    return lock;
  }

  private static RunLock locked(Path file, Path path, Locker locker) throws IOException {
    Object before = key(path);
    if (before == null && !Files.exists(path)) {
      return null;
    }
    RandomAccessFile opened = new RandomAccessFile(path.toFile(), "rw");
    boolean keep = false;
    try {
      if (!lock(file, opened, locker)) {
        throw taken(file, holder(opened));
      }
      keep = before == null || before.equals(key(path)); // it is deleted by whoever held it
      if (keep) {
        opened.setLength(0);
        opened.write(("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8));
      }
      return keep ? new RunLock(path, opened, before != null) : null;
    } catch (OverlappingFileLockException e) { // held by another class loader's copy of this class
      keep = true;
      synchronized (LEFT_OPEN) {
        LEFT_OPEN.add(opened);
      }
      throw taken(file, "another run of this process");
    } finally {
      if (!keep) {
        opened.close();
      }
    }
  }

  @SuppressWarnings("resource") // the lock ends with the file
  private static boolean lock(Path file, RandomAccessFile opened, Locker locker) {
    try {
      return locker.lock(opened) != null;
    } catch (IOException e) {
      // No locks here. A run still looks whether the file is its own before it replaces it.
      System.getLogger(RunLock.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "{0}: its file system has no locks ({1}); see to it that no other run writes it",
              file,
              e.getMessage());
      return true;
    }
  }

  /** Null if there is nothing. */
  private static Boolean regular(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isRegularFile();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** What identifies a file whatever its name; null where a system has nothing of the kind. */
  private static Object key(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static String holder(RandomAccessFile opened) {
    byte[] text = new byte[40];
    try {
      int length = Math.max(0, opened.read(text));
      String holder = new String(text, 0, length, StandardCharsets.UTF_8);
      return holder.matches("process \\d{1,20}") ? "another run, " + holder : "another run";
    } catch (IOException e) { // a locked file cannot be read on some systems
      return "another run";
    }
  }

  private static ModelFileException taken(Path file, String holder) {
    return new ModelFileException(
        "checkpoint %s is being written by %s: wait for its end, stop it, or name another file"
            .formatted(file, holder));
  }

  @Override
  public void close() {
    try {
      if (delete) {
        Files.deleteIfExists(path); // before the lock ends: who takes it then looks again
      }
    } catch (IOException e) {
      // It stays, without a lock: the next run takes it.
    }
    try {
      file.close();
    } catch (IOException e) {
      // Nothing was to be written.
    } finally {
      HELD.remove(path);
    }
  }
}
