package org.eglr.kernel.own;

import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;

/**
 * Where JShell reads Javadoc: its own search knows the JDK's sources only, and has no public way to
 * name others. Without that way (another JDK, no {@code --add-opens jdk.jshell/jdk.jshell}) it
 * shows signatures, as it did.
 */
final class JavadocSources {

  private static final String ENDING = "-sources.jar";

  private JavadocSources() {}

  /**
   * The archives of sources for a class path: beside a jar, as Maven's repository has them, or in a
   * folder {@code sources} beside the jar's folder.
   */
  static List<Path> of(String classPath) {
    List<Path> found = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      if (entry.endsWith(".jar")) {
        Path jar = Path.of(entry).toAbsolutePath();
        String name = jar.getFileName().toString().replaceFirst("\\.jar$", "").concat(ENDING);
        Path above = jar.getParent().resolveSibling("sources");
        for (Path sources : List.of(jar.resolveSibling(name), above.resolve(name))) {
          if (Files.isReadable(sources) && !found.contains(sources)) {
            found.add(sources);
          }
        }
      }
    }
    return found;
  }

  /**
   * Adds folders or archives of sources to those that the analysis knows.
   *
   * @return whether it took them
   */
  static boolean add(SourceCodeAnalysis analysis, List<Path> sources) {
    try {
      Method find = analysis.getClass().getDeclaredMethod("findSources");
      Field known = analysis.getClass().getDeclaredField("availableSources");
      find.setAccessible(true);
      known.setAccessible(true);
      List<Path> all = new ArrayList<>();
      for (Object place : (List<?>) find.invoke(analysis)) {
        all.add((Path) place);
      }
      all.addAll(sources);
      known.set(analysis, all);
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }
}
