package org.eglr.data;

import static org.eglr.data.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFoldersTest {

  private static final String NAME = "ml-100k-of-this-test";

  @TempDir Path root;
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final DataFolders folders = new DataFolders(properties::get, environment::get);

  private Path folder(String place) throws IOException {
    properties.put("user.home", root.resolve("home").toString());
    return Files.createDirectories(root.resolve(place).resolve(NAME));
  }

  @Test
  void looksAtPropertyThenVariableThenCache() throws IOException {
    Path cache = folder("home/.cache/eglr/data");
    assertEquals(cache, folders.find(NAME));
    Path variable = folder("variable");
    environment.put("EGLR_DATA", root.resolve("variable").toString());
    assertEquals(variable, folders.find(NAME));
    Path property = folder("property");
    properties.put("eglr.data", root.resolve("property").toString());
    assertEquals(property, folders.find(NAME));
    Files.delete(property);
    assertEquals(variable, folders.find(NAME));
    environment.put("EGLR_DATA", " ");
    assertEquals(cache, folders.find(NAME));
  }

  @Test
  void aTildeIsTheHome() throws IOException {
    Path below = folder("home/mine");
    environment.put("EGLR_DATA", "~/mine");
    assertEquals(below, folders.find(NAME));
    assertEquals(below, folders.find("~/mine/" + NAME));
    assertEquals(root.resolve("home"), folders.find("~"));
    assertRefused(
        () -> folders.find("~/other"),
        "no data set '~/other'",
        root.resolve("home/other").toString());
  }

  @Test
  void aPathThatExistsIsUsedAsItIs() throws IOException {
    Path folder = folder("anywhere");
    assertEquals(folder, folders.find(folder.toString()));
  }

  @Test
  void saysWhereItLookedAndTheRemedy() throws IOException {
    folder("home");
    environment.put("EGLR_DATA", root.resolve("variable").toString());
    assertRefused(
        () -> folders.find("ml-1"),
        "no data set 'ml-1'",
        root.resolve("variable").resolve("ml-1").toString(),
        root.resolve("home/.cache/eglr/data/ml-1").toString(),
        "./eglr data ml-100k",
        "path of a folder");
    assertRefused(() -> folders.find("no/such/folder"), "no/such/folder", "./eglr data ml-100k");
    assertRefused(() -> folders.find("a\0b"), "'a\\u0000b' is no path");
  }
}
