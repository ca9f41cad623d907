package org.eglr.data;

/** One of KuaiRand's three logs. */
public enum KuaiRandPart {
  /** Videos that the recommender chose, 8 to 21 April 2022. */
  STANDARD_EARLY("log_standard_4_08_to_4_21"),
  /** Videos that the recommender chose, 22 April to 8 May 2022. */
  STANDARD_LATE("log_standard_4_22_to_5_08"),
  /** Videos that chance put among those, 22 April to 8 May 2022: each as likely as any other. */
  RANDOM("log_random_4_22_to_5_08");

  final String file;

  KuaiRandPart(String file) {
    this.file = file;
  }

  /** The name of its file, without {@code _1k.csv} or {@code _pure.csv}. */
  public String file() {
    return file;
  }
}
