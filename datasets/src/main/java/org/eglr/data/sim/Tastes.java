package org.eglr.data.sim;

/**
 * How a preset's attraction (a log-odds) is made up: numbers of values and the standard deviation
 * that each part contributes over users and items.
 *
 * @param segments number of user segments
 * @param categories number of item categories
 * @param makers number of makers
 * @param base the mean
 * @param segment segment by category
 * @param level level by category, and group by category
 * @param activity rising with the user's level
 * @param trait the user's trait times the item's value
 * @param maker the item's maker
 * @param quality the item's quality
 * @param hidden what no field but the item's identifier tells
 */
record Tastes(
    int segments,
    int categories,
    int makers,
    double base,
    double segment,
    double level,
    double activity,
    double trait,
    double maker,
    double quality,
    double hidden) {}
