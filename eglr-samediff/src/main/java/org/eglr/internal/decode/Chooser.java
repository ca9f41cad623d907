package org.eglr.internal.decode;

/** Picks one of the remaining candidates. */
@FunctionalInterface
public interface Chooser {

  /**
   * @param position 0-based position in the list
   * @param probability of each candidate at the recommending temperature (eq. 12); 0 where taken
   * @param available whether a candidate is still available
   * @return the candidate
   */
  int choose(int position, float[] probability, boolean[] available);

  /** The most probable candidate; of equals the first. */
  Chooser GREEDY =
      (position, probability, available) -> {
        int best = -1;
        for (int i = 0; i < available.length; i++) {
          if (available[i] && (best < 0 || probability[i] > probability[best])) {
            best = i;
          }
        }
        return best;
      };

  /** Draws by probability with the random numbers of a stream; one number a position. */
  static Chooser sampling(long stream) {
    return (position, probability, available) -> {
      double u = CounterRandom.uniform(stream, position);
      int last = -1;
      double sum = 0;
      for (int i = 0; i < available.length; i++) {
        if (available[i]) {
          last = i;
          sum += probability[i];
          if (sum >= u) {
            break;
          }
        }
      }
      return last;
    };
  }

  /** Takes given candidates in order. */
  static Chooser forced(int[] order) {
    return (position, probability, available) -> order[position];
  }
}
