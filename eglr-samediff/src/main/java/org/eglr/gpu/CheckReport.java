package org.eglr.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything the check found, written after each part: a crash leaves what was known before it. */
final class CheckReport {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path file;
  private final Map<String, Object> content = new LinkedHashMap<>();
  private final List<Object> parts = new ArrayList<>();
  private boolean ok = true;

  CheckReport(Path file, Map<String, ?> machine) {
    this.file = file;
    content.put("format", 2);
    content.put("machine", machine);
    content.put("finished", false);
    content.put("ok", false);
    content.put("parts", parts);
  }

  boolean ok() {
    return ok;
  }

  /** Adds the comparisons of a part. */
  void part(String name, double seconds, List<Check> checks) throws IOException {
    List<Object> rows = new ArrayList<>();
    for (Check check : checks) {
      ok &= check.ok();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", check.name());
      row.put("ok", check.ok());
      row.put("error", Double.isFinite(check.error()) ? check.error() : null);
      row.put("limit", check.limit());
      row.put("note", check.note());
      rows.add(row);
    }
    parts.add(Map.of("name", name, "seconds", seconds, "checks", rows));
    write();
  }

  /** Adds or replaces the measurements, and what it takes to repeat them elsewhere. */
  void benchmark(List<BenchCell> cells) throws IOException {
    content.put("workload", BenchWorkload.sizes());
    content.put("mark", BenchPlan.mark());
    content.put("benchmark", cells);
    write();
  }

  void profile(StepProfile profile) throws IOException {
    content.put("profile", profile);
    write();
  }

  void finish() throws IOException {
    content.put("finished", true);
    content.put("ok", ok);
    write();
  }

  private void write() throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    MAPPER.writeValue(unfinished.toFile(), content);
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
