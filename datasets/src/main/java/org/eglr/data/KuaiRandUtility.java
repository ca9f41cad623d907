package org.eglr.data;

/** What a list of KuaiRand was worth (eq. 16). */
public enum KuaiRandUtility {
  /** Seconds for which its videos were played, in all. */
  PLAY_SECONDS,
  /** Number of clicks. */
  CLICKS
}
