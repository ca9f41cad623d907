package org.eglr.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Fits vocabularies and scalings on the users and items of the training lists. */
final class SchemaFitter {

  private SchemaFitter() {}

  static Schema fit(ListLog log, int[] trainingLists) {
    BitSet users = new BitSet(log.users().size());
    BitSet items = new BitSet(log.items().size());
    for (int list : trainingLists) {
      users.set(log.user(list));
      for (int i = 0; i < log.pool(list); i++) {
        items.set(log.candidate(list, i));
      }
    }
    return new Schema(
        vocabularies(log.users(), users),
        scalings(log.users(), users),
        vocabularies(log.items(), items),
        scalings(log.items(), items));
  }

  private static List<Vocabulary> vocabularies(Entities entities, BitSet seen) {
    List<Vocabulary> fitted = new ArrayList<>();
    for (Field field : entities.fields()) {
      if (field.kind() == FieldKind.CATEGORICAL) {
        String[] column = entities.categories(field);
        List<String> values = new ArrayList<>();
        seen.stream().forEach(row -> values.add(column[row]));
        fitted.add(Vocabulary.of(field.name(), values));
      }
    }
    return fitted;
  }

  private static List<Scaling> scalings(Entities entities, BitSet seen) {
    List<Scaling> fitted = new ArrayList<>();
    for (Field field : entities.fields()) {
      if (field.kind() == FieldKind.DENSE) {
        double[] column = entities.values(field);
        fitted.add(
            Scaling.of(field.name(), seen.stream().mapToDouble(row -> column[row]).toArray()));
      }
    }
    return fitted;
  }
}
