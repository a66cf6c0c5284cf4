package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.tracing.NewRecords;
import dev.intermission.gateway.client.tracing.RecordQuery;
import dev.intermission.gateway.client.tracing.TraceLineText;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows the records of an API proxy as they come. */
final class TraceFollower {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** Gateways send what they recorded in the background. */
  private static final Duration QUIET_AT_THE_END = Duration.ofSeconds(3);

  private static final Duration LONGEST_AT_THE_END = Duration.ofSeconds(10);

  /** Requests that were not recorded are told once in so many looks at most. */
  private static final int LOOKS_FOR_A_WARNING = 10;

  private final Session session;
  private final Output output;
  private final ProxyName proxy;
  private final boolean json;
  private @Nullable NewRecords records;
  private long droppedBefore;
  private long dropped;
  private long droppedTold;
  private int looksSinceTold = LOOKS_FOR_A_WARNING;
  private boolean lost;
  private boolean read;

  TraceFollower(Session session, ProxyName proxy, boolean json) {
    this.session = session;
    this.output = session.output();
    this.proxy = proxy;
    this.json = json;
  }

  /**
   * Notes how many requests were not recorded before.
   *
   * @param query what is asked for later; it is refused now if it ever is
   * @throws CommandFailure if records can't be read
   */
  void begin(RecordQuery query) {
    droppedBefore = session.api().get(query.page(proxy, 1, 1)).body().path("dropped").asLong();
  }

  /**
   * Shows what comes until the time is over, the end is wanted, or nobody reads it any more.
   *
   * @throws CommandFailure if records can't be read for another reason than that no admin node can
   *     be reached
   */
  void follow(RecordQuery query, TraceSwitch recording, OrderlyEnd end) {
    NewRecords found = new NewRecords(session.api(), proxy, query);
    records = found;
    output.progress(
        "Recording the requests of "
            + proxy
            + " in "
            + query.environment()
            + " until "
            + recording.endText()
            + "; Ctrl-C ends it. 'intermission trace show ID' shows one.");
    output.say(new TraceLineText(proxy, session.times()).header());
    while (!recording.left().isNegative() && !output.isLost()) {
      Duration pause = BETWEEN_LOOKS;
      if (pause.compareTo(recording.left()) > 0) {
        pause = recording.left();
      }
      if (end.isWantedWithin(pause)) {
        break;
      }
      // An admin node may be frozen; neither the end of the time nor a signal waits for it.
      CompletableFuture<NewRecords.Found> look = begun(found::next);
      if (end.isWantedBefore(look, recording.left())) {
        break;
      }
      if (look.isDone()) {
        showIfReachable(look);
      }
    }
    output.progress("Switching the recording off");
  }

  private static CompletableFuture<NewRecords.Found> begun(Supplier<NewRecords.Found> look) {
    return CompletableFuture.supplyAsync(
        look,
        task -> {
          Thread thread = new Thread(task, "look");
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** An admin node may come back while requests are recorded; records do not wait for it. */
  private void showIfReachable(CompletableFuture<NewRecords.Found> look) {
    try {
      show(result(look, Duration.ZERO));
      if (lost) {
        output.progress("The management API answers again.");
      }
      lost = false;
    } catch (CommandFailure e) {
      if (e.exit() != Exit.UNREACHABLE) {
        throw e;
      }
      if (!lost) {
        output.warn("Records can't be read now; the gateways go on with recording.\n" + e.text());
      }
      lost = true;
    }
  }

  /**
   * Returns what a look found.
   *
   * @throws CommandFailure if it failed, or found nothing in this time
   */
  private static NewRecords.Found result(CompletableFuture<NewRecords.Found> look, Duration time) {
    try {
      return look.get(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CommandFailure failure) {
        throw failure;
      }
      throw new CompletionException(e.getCause());
    } catch (TimeoutException e) {
      throw new CommandFailure(Exit.UNREACHABLE, "The management API does not answer.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.FAILED, "It was interrupted", e);
    }
  }

  /**
   * Shows the records that come shortly after the end.
   *
   * @return how that went; anything but {@code DONE} if no look at all could read the records
   */
  Exit awaitLast() {
    NewRecords found = records;
    if (found == null) {
      return Exit.DONE;
    }
    Exit exit = Exit.DONE;
    long begun = System.nanoTime();
    long quietSince = begun;
    try {
      while (System.nanoTime() - quietSince < QUIET_AT_THE_END.toNanos()
          && System.nanoTime() - begun < LONGEST_AT_THE_END.toNanos()) {
        Duration left = LONGEST_AT_THE_END.minusNanos(System.nanoTime() - begun);
        if (show(result(begun(found::last), left))) {
          quietSince = System.nanoTime();
        }
        Thread.sleep(BETWEEN_LOOKS.toMillis() / 2);
      }
    } catch (CommandFailure e) {
      output.warn((read ? "The last" : "The") + " records can't be read.\n" + e.text());
      exit = read ? Exit.DONE : e.exit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tellDropped();
    return exit;
  }

  /** Shows what a look found; returns whether there was anything. */
  private boolean show(NewRecords.Found found) {
    read = true;
    if (records != null) {
      records.taken(found);
    }
    TraceLineText text = new TraceLineText(proxy, session.times());
    for (JsonNode line : found.lines()) {
      if (json) {
        output.object(
            JsonNodeFactory.instance.objectNode().put("event", "record").set("data", line));
      } else {
        output.say(text.of(line));
      }
    }
    // Somebody who deletes the records sets the number to zero.
    droppedBefore = Math.min(droppedBefore, found.dropped());
    dropped = Math.max(dropped, found.dropped() - droppedBefore);
    if (++looksSinceTold >= LOOKS_FOR_A_WARNING) {
      tellDropped();
    }
    return !found.lines().isEmpty();
  }

  private void tellDropped() {
    if (dropped > droppedTold) {
      output.warn(
          dropped
              + " requests were not recorded: a gateway records 20 a second, keeps 64 MiB that it can't send, and records nothing where a privacy definition can't be used.");
      droppedTold = dropped;
      looksSinceTold = 0;
    }
  }

  /** Returns how much there was, in a sentence. */
  String summary(String where) {
    return count() + " requests of " + where + " are shown, " + dropped + " were not recorded.";
  }

  private int count() {
    return records == null ? 0 : records.count();
  }

  /** Adds how much there was to the object for scripts. */
  ObjectNode addTo(ObjectNode object) {
    return object.put("records", count()).put("dropped", dropped);
  }
}
