package org.eglr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model file of version 1, as the releases without preselection wrote it, word by word. */
class EarlierFormatTest {

  private static final String CONFIG =
      """
      {
        "format" : "eglr-model",
        "version" : 1,
        "evaluatorTrained" : true,
        "generatorTrained" : false,
        "settings" : {
          "width" : 4,
          "heads" : 2,
          "evaluatorLayers" : 1,
          "feedForward" : 4,
          "embedding" : 1,
          "position" : 2,
          "trainFeatures" : false,
          "reasoning" : {
            "maxSteps" : 2,
            "entropyThreshold" : 1.2,
            "baseTemperature" : 1.0,
            "exploration" : 1.5,
            "token" : "CONTEXT_AWARE",
            "query" : "RESIDUAL",
            "dynamicTemperature" : true
          },
          "seed" : -7
        }
      }""";

  private static final String SCHEMA =
      """
      {
        "userCategories" : [ {
          "field" : "segment",
          "values" : [ "a", "b" ]
        } ],
        "userValues" : [ ],
        "itemCategories" : [ {
          "field" : "genre",
          "values" : [ "é" ]
        } ],
        "itemValues" : [ {
          "field" : "price",
          "mean" : 2.5,
          "deviation" : 0.5
        } ]
      }""";

  /** Names and shapes in the file's order. */
  private static final String TENSORS =
      "evaluator.features.user.0.weight 3,1;evaluator.features.item.0.weight 2,1;"
          + "evaluator.features.fc1.weight 8,3;evaluator.features.fc1.bias 8;"
          + "evaluator.features.fc2.weight 4,8;evaluator.features.fc2.bias 4;"
          + "evaluator.inp.weight 4,6;evaluator.inp.bias 4;evaluator.cls 4;"
          + layer("evaluator.layers.0.")
          + "evaluator.point.weight 1,4;evaluator.point.bias 1;"
          + "evaluator.list.weight 1,4;evaluator.list.bias 1;"
          + "generator.inp.weight 4,6;generator.inp.bias 4;"
          + layer("generator.layer.");

  private static String layer(String prefix) {
    StringBuilder all = new StringBuilder();
    for (String name : new String[] {"q", "k", "v", "o", "ln1", "ln2", "fc1", "fc2"}) {
      String shape = name.startsWith("ln") ? "4" : "4,4";
      all.append(prefix + name + ".weight " + shape + ";" + prefix + name + ".bias 4;");
    }
    return all.toString();
  }

  private static byte[] weights() {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"eglr\"}");
    int end = 0;
    for (String tensor : TENSORS.split(";")) {
      String[] parts = tensor.split(" ");
      int size = 4;
      for (String side : parts[1].split(",")) {
        size *= Integer.parseInt(side);
      }
      header.append(
          ",\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
              .formatted(parts[0], parts[1], end, end + size));
      end += size;
    }
    header.append('}').append(" ".repeat((8 - header.length() % 8) % 8));
    ByteBuffer file = ByteBuffer.allocate(8 + header.length() + end).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length()).put(header.toString().getBytes(StandardCharsets.UTF_8));
    for (int i = 0; file.hasRemaining(); i++) {
      file.putFloat((float) Math.sin(i));
    }
    return file.array();
  }

  @Test
  void is_read_and_written_as_it_was(@TempDir Path folder) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("config.json", CONFIG.getBytes(StandardCharsets.UTF_8));
    entries.put("schema.json", SCHEMA.getBytes(StandardCharsets.UTF_8));
    entries.put("weights.safetensors", weights());
    Path file = folder.resolve("earlier.eglr");
    StoredZip.rewrite(file, entries);
    Eglr model = Eglr.load(file);
    assertTrue(model.evaluatorTrained());
    assertEquals(-7, model.settings().seed());
    assertEquals("é", model.schema().itemCategories().get(0).values().get(0));
    Path again = folder.resolve("again.eglr");
    model.save(again);
    Map<String, byte[]> written = StoredZip.entries(again);
    for (String name : new String[] {"config.json", "schema.json", "weights.safetensors"}) {
      assertEquals(text(entries.get(name)), text(written.get(name)), name);
    }
  }

  /** Without the version, which is the present one when a model is written. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).replaceFirst("\"version\" : \\d", "");
  }
}
