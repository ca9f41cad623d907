package org.eglr.kernel.own;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelVersionTest {

  @Test
  void itIsWhatMavenWrote(@TempDir Path folder) throws IOException {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
      assertEquals("development", KernelVersion.in(loader));
      Path file = folder.resolve("META-INF/maven/org.eglr/eglr-kernel-ext/pom.properties");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "artifactId=eglr-kernel-ext\nversion=1.2.3\n");
      assertEquals("1.2.3", KernelVersion.in(loader));
    }
  }
}
