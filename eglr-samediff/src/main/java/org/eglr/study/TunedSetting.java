package org.eglr.study;

/** A setting that validation chooses; values are powers of a factor, 0 is a system's own. */
enum TunedSetting {
  /** In threes: what every system that learns has in Tables 2 and 3. */
  LEARNING_RATE {
    @Override
    Dial at(int power) {
      return new Dial(Math.pow(3, power), 1);
    }
  },

  /** In twos: what every variant has in Figure 4. */
  TEMPERATURE {
    @Override
    Dial at(int power) {
      return new Dial(1, Math.pow(2, power));
    }
  };

  abstract Dial at(int power);
}
