package org.eglr.data.sim;

import java.util.List;

/**
 * What a preset calls its fields.
 *
 * @param item the item's identifier, a categorical field of its own
 * @param category the item's category
 * @param maker who made the item: a brand, an author
 * @param value dense, positive and skewed: a price, a duration
 * @param quality dense, around 50
 * @param segment the user's segment, whose taste in categories differs most
 * @param level the user's level, in order: an age, a degree of activity
 * @param levels what the levels are called
 * @param group the user's group
 * @param groups what the groups are called
 * @param trait dense, positive and skewed: users high in it prefer items high in value
 */
record FieldNames(
    String item,
    String category,
    String maker,
    String value,
    String quality,
    String segment,
    String level,
    List<String> levels,
    String group,
    List<String> groups,
    String trait) {

  static final FieldNames AD =
      new FieldNames(
          "adgroup",
          "cate",
          "brand",
          "price",
          "rating",
          "segment",
          "age",
          List.of("18-24", "25-29", "30-34", "35-39", "40-49", "50+"),
          "gender",
          List.of("female", "male"),
          "spending");

  static final FieldNames KUAIRAND =
      new FieldNames(
          "video",
          "tag",
          "author",
          "duration",
          "completion",
          "interest_group",
          "active_degree",
          List.of("low_active", "middle_active", "high_active", "full_active"),
          "is_video_author",
          List.of("no", "yes"),
          "watch_time");
}
