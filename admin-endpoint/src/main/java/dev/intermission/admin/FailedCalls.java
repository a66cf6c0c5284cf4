package dev.intermission.admin;

import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.api.store.UnknownOutcomeException;
import java.time.Duration;

/** Answers calls that fail (contract section 1), and logs what an operator has to know of them. */
record FailedCalls(CallLog log) {

  private static final Duration STOPPING = Duration.ofSeconds(5);

  /** Returns the answer of the action, or the one to its failure. */
  Reply replyTo(Call call, Resource.Action action) {
    try {
      return action.to(call);
    } catch (Refusal e) {
      return e.reply();
    } catch (InvalidSettingsException e) {
      return Refusal.invalid(e).reply();
    } catch (StoreUnavailableException e) {
      log.outage(call, e);
      return Refusal.storeUnavailable().reply();
    } catch (UnknownOutcomeException e) {
      log.failed(call, String.valueOf(e.getMessage()), e);
      return Refusal.unknownOutcome(call.correlationId()).reply();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Refusal.unavailable("The gateway is stopping; nothing was saved", STOPPING).reply();
    } catch (RuntimeException e) {
      log.failed(call, "An unexpected error occurred", e);
      return Refusal.unexpected().reply();
    }
  }
}
