package org.eglr.study;

/** A setting that validation chooses; values are powers of a factor, 0 is a system's own. */
enum TunedSetting {
  /** In threes: what every system that learns has in Tables 2 and 3. */
  LEARNING_RATE {
    @Override
    Dial at(Dial others, int power) {
      return others.withRate(Math.pow(3, power));
    }
  },

  /** In twos: what every variant has in Figure 4. */
  TEMPERATURE {
    @Override
    Dial at(Dial others, int power) {
      return others.withHeat(Math.pow(2, power));
    }
  },

  /** In twos: what every variant with an entropy gate has in Figure 4, at its temperature. */
  ENTROPY_THRESHOLD {
    @Override
    Dial at(Dial others, int power) {
      return others.withThreshold(Math.pow(2, power));
    }
  };

  /** With this setting at a power; the other settings as they are. */
  abstract Dial at(Dial others, int power);
}
