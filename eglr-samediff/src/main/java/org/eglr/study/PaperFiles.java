package org.eglr.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The result files of a table: NAME.csv has the numbers, NAME.json also where they come from. */
final class PaperFiles {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path folder;
  private final PaperTable table;
  private final PaperSize size;
  private final int seeds;
  private final List<Map<String, Object>> worlds = new ArrayList<>();
  private final List<Map<String, Object>> rooms = new ArrayList<>();
  private final Map<String, Map<String, String>> settings = new LinkedHashMap<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();
  private final Map<String, Double> before;
  private final Map<String, Double> spent = new LinkedHashMap<>();

  PaperFiles(Path folder, PaperTable table, PaperSize size, int seeds) {
    this.folder = folder;
    this.table = table;
    this.size = size;
    this.seeds = seeds;
    before = spentBefore();
  }

  /** What earlier commands spent, by condition, with as many seeds: a stopped command goes on. */
  private Map<String, Double> spentBefore() {
    Map<String, Double> before = new LinkedHashMap<>();
    if (Files.exists(json())) {
      try {
        JsonNode kept = MAPPER.readTree(json().toFile());
        if (size.toString().equals(kept.path("sizes").asText())
            && seeds == kept.path("seeds").asInt()) {
          kept.path("spent")
              .properties()
              .forEach(e -> before.put(e.getKey(), e.getValue().asDouble()));
        }
      } catch (IOException e) {
        return Map.of(); // the file is written anew
      }
    }
    return before;
  }

  private Path json() {
    return folder.resolve(size.file(table.name()) + ".json");
  }

  /** Says what data a world has. */
  void world(Bench bench) {
    Map<String, Object> own = place(bench);
    own.put("data", bench.hash());
    worlds.add(own);
  }

  /** Says what could be won there. */
  void headroom(Bench bench, Map<String, Double> found) {
    Map<String, Object> own = place(bench);
    own.putAll(found);
    rooms.add(own);
  }

  private static Map<String, Object> place(Bench bench) {
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("condition", bench.world().condition());
    own.put("world", bench.world().seed());
    return own;
  }

  /** Says what settings a row has. */
  void settings(String condition, Entry entry) {
    if (!entry.settings().isEmpty()) {
      settings
          .computeIfAbsent(condition, c -> new LinkedHashMap<>())
          .putIfAbsent(
              (entry.place().system() + " " + entry.place().at()).strip(), entry.settings());
    }
  }

  /** Says what a condition took now. */
  void took(String condition, double seconds) {
    spent.put(condition, (double) Math.round(seconds + before.getOrDefault(condition, 0.0)));
  }

  /** Says that a condition is missing, and why. */
  void leftOut(String condition, String why) {
    leftOut.put(condition, why);
  }

  /** Writes both files, whole or not at all. */
  void write(List<Finding> findings) {
    StringBuilder csv = new StringBuilder(Finding.HEADER).append('\n');
    findings.forEach(finding -> csv.append(finding.csv()).append('\n'));
    RunStore.write(folder.resolve(size.file(table.name()) + ".csv"), csv.toString());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("table", table.name());
    all.put("claim", table.claim());
    all.put("size", size.name());
    all.put("worth", size.note());
    all.put("seeds", seeds);
    all.put("seconds", Math.round(spent.values().stream().mapToDouble(s -> s).sum()));
    all.put("spent", spent);
    all.put("provenance", Provenance.here());
    all.put("sizes", size.toString());
    all.put("worlds", worlds);
    all.put("headroom", rooms);
    all.put("left out", leftOut);
    all.put("settings", settings);
    all.put("columns", List.of(Finding.HEADER.split(",")));
    all.put("rows", findings.stream().map(PaperFiles::row).toList());
    try {
      RunStore.write(json(), MAPPER.writeValueAsString(all) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // texts and numbers alone
    }
  }

  private static List<Object> row(Finding finding) {
    List<Object> row =
        new ArrayList<>(
            List.of(finding.condition(), finding.system(), finding.at(), finding.metric()));
    row.add(finding.worlds());
    row.add(finding.seeds());
    row.add(number(finding.value()));
    row.add(number(finding.error()));
    row.add(finding.against());
    row.add(number(finding.gain()));
    row.add(number(finding.gainError()));
    row.add(number(finding.p()));
    row.add(finding.verdict());
    return row;
  }

  /** As the CSV file has it; null where there is none. */
  private static Double number(double value) {
    return Double.isFinite(value) ? Double.valueOf(Finding.number(value)) : null;
  }
}
