package dev.intermission.filter;

import dev.intermission.gate.InFlight;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** Leaves the count of requests in flight when a request that went on asynchronously is over. */
record InFlightListener(InFlight.Entry entry) implements AsyncListener {

  /** Leaves the count later if the request goes on without its thread; returns whether it does. */
  static boolean leavesLater(InFlight.Entry entry, HttpServletRequest request) {
    if (request.isAsyncStarted()) {
      try {
        request.getAsyncContext().addListener(new InFlightListener(entry));
        return true;
      } catch (IllegalStateException e) {
        // It was completed at this moment.
      }
    }
    return false;
  }

  @Override
  public void onComplete(AsyncEvent event) {
    entry.leave();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // It is completed after that.
  }

  @Override
  public void onError(AsyncEvent event) {
    // It is completed after that.
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // It is started again by a dispatch, and forgets its listeners.
    event.getAsyncContext().addListener(this);
  }
}
