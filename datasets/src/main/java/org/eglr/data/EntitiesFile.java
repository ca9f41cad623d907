package org.eglr.data;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Users or items as a part of a {@link ListLogFile}; a category stands once and is numbered. */
final class EntitiesFile {

  private EntitiesFile() {}

  static void write(DataOutputStream out, Entities entities) throws IOException {
    out.writeInt(entities.size());
    for (String key : entities.keys()) {
      writeText(out, key);
    }
    out.writeBoolean(entities.labels() != entities.keys());
    if (entities.labels() != entities.keys()) {
      for (String label : entities.labels()) {
        writeText(out, label);
      }
    }
    out.writeInt(entities.fields().size());
    for (Field field : entities.fields()) {
      writeText(out, field.name());
      out.writeBoolean(field.kind() == FieldKind.DENSE);
      if (field.kind() == FieldKind.DENSE) {
        for (double value : entities.values(field)) {
          out.writeDouble(value);
        }
      } else {
        writeCategories(out, entities.categories(field));
      }
    }
  }

  private static void writeCategories(DataOutputStream out, String[] values) throws IOException {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (String value : values) {
      if (value != null) {
        numbers.putIfAbsent(value, numbers.size() + 1);
      }
    }
    out.writeInt(numbers.size());
    for (String value : numbers.keySet()) {
      writeText(out, value);
    }
    for (String value : values) {
      out.writeInt(value == null ? 0 : numbers.get(value));
    }
  }

  static Entities read(DataInputStream in, String what) throws IOException {
    int size = in.readInt();
    String[] keys = texts(in, size);
    Entities.Builder entities = Entities.of(what, keys);
    if (in.readBoolean()) {
      entities.labels(texts(in, size));
    }
    Map<String, String> shared = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = readText(in);
      if (in.readBoolean()) {
        double[] values = new double[size];
        for (int row = 0; row < size; row++) {
          values[row] = in.readDouble();
        }
        entities.dense(name, values);
      } else {
        entities.categorical(name, categories(in, size, shared));
      }
    }
    return entities.build();
  }

  private static String[] categories(DataInputStream in, int size, Map<String, String> shared)
      throws IOException {
    String[] known = texts(in, in.readInt());
    for (int i = 0; i < known.length; i++) {
      String same = shared.putIfAbsent(known[i], known[i]);
      known[i] = same == null ? known[i] : same;
    }
    String[] values = new String[size];
    for (int row = 0; row < size; row++) {
      int number = in.readInt();
      values[row] = number == 0 ? null : known[number - 1];
    }
    return values;
  }

  private static String[] texts(DataInputStream in, int count) throws IOException {
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      texts[i] = readText(in);
    }
    return texts;
  }

  static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
