package org.eglr.metrics;

/**
 * How well clicks at one position are predicted. Over all positions together a prediction is
 * credited for knowing that the first is clicked more often than the last; within one it must tell
 * items and users apart.
 *
 * @param position from 1
 * @param shown lists that show an item there
 * @param clicked share of them whose item there was clicked, 0 to 1
 * @param predicted mean predicted probability, 0 to 1
 * @param auc share of pairs of a click there and none, of different lists, that the prediction
 *     orders rightly, ties by half; NaN where all were clicked or none
 * @param calibrationError {@link Calibration#error} of the predictions there, in ten groups: with
 *     few lists a group it is mostly chance, some 0.04 for a right prediction of 0.5 by 1,000 lists
 */
public record PositionAccuracy(
    int position,
    int shown,
    double clicked,
    double predicted,
    double auc,
    double calibrationError) {}
