package org.eglr.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.eglr.internal.store.PartFile;
import org.eglr.internal.work.Workers;

/** The files of an experiment's folder, on their way between driver and executors. */
record RunFiles(HashMap<String, byte[]> contents) implements Serializable {

  private static final String UNFINISHED = ".part";

  /** Those of a folder; none where there is no folder. */
  static RunFiles in(Path folder) {
    HashMap<String, byte[]> contents = new HashMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String name = file.getFileName().toString();
          if (!name.endsWith(UNFINISHED)) {
            contents.put(name, Files.readAllBytes(file));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new RunFiles(contents);
  }

  /** Each is there whole or not at all. */
  void writeTo(Path folder) {
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, byte[]> file : contents.entrySet()) {
        PartFile.write(folder.resolve(file.getKey()), out -> out.write(file.getValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Does a part of the runs that are not among these, on the thread of the task.
   *
   * @return the files of the runs that it did
   */
  RunFiles done(Study study, int part, int parts) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("eglr-experiment");
      writeTo(folder);
      Path own = folder;
      Workers.here(() -> study.experiment().folder(own).parallel(1).runPart(part, parts));
      RunFiles all = in(folder);
      all.contents.keySet().removeAll(contents.keySet());
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
