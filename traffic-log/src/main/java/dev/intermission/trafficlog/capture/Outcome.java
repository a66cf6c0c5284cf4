package dev.intermission.trafficlog.capture;

/** What became of a request. */
public enum Outcome {
  /** Its upstream has answered it. */
  SUCCESS,
  /** Its API was closed, and the gate has answered it. */
  BLOCKED,
  /** The gateway has refused it, its upstream has failed, or its client has left. */
  ERROR
}
