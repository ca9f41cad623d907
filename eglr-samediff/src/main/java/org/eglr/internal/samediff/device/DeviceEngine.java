package org.eglr.internal.samediff.device;

import org.eglr.internal.model.ComputeEngine;

/** Computes with weights that may come from where they are trained on a device. */
public interface DeviceEngine extends ComputeEngine {

  /** Takes over the weights' present values, on the device. */
  void update(DeviceWeights weights);
}
