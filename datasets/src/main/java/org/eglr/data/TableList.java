package org.eglr.data;

/**
 * One list of a table, before users and items are complete.
 *
 * @param rows of the table: first those shown, in display order, then the other candidates
 * @param clicks one flag a shown row
 */
record TableList(int[] rows, boolean[] clicks, int user, int[] pool, double time, float utility) {}
