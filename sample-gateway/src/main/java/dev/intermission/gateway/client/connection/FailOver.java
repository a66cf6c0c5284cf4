package dev.intermission.gateway.client.connection;

import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request to one admin node after the other until there is an answer that counts. A request
 * that may have been received is sent again only if nothing can happen twice. Safe for several
 * threads.
 */
final class FailOver {

  /** How long is waited before each round through the nodes but the first. */
  private static final List<Long> PAUSES = List.of(250L, 1000L, 2000L);

  private static final int LONGEST_PAUSE_SECONDS = 5;

  private final List<URI> nodes;
  private final Wire wire;
  private final AtomicInteger current = new AtomicInteger();

  FailOver(List<URI> nodes, Wire wire) {
    this.nodes = List.copyOf(nodes);
    this.wire = wire;
  }

  Attempt send(ApiRequest request) {
    Map<URI, String> faults = new LinkedHashMap<>();
    boolean unsure = false;
    for (int round = 0; round <= PAUSES.size(); round++) {
      long pause = round == PAUSES.size() ? 0 : PAUSES.get(round);
      for (int i = 0; i < nodes.size(); i++, current.incrementAndGet()) {
        URI node = nodes.get(Math.floorMod(current.get(), nodes.size()));
        try {
          ApiAnswer answer = wire.send(node, request);
          if (!isPassing(answer) || !request.repeatable()) {
            return new Attempt(answer, unsure || leavesUnsure(answer), text(faults));
          }
          faults.put(node, answer.message());
          unsure |= leavesUnsure(answer);
          pause = Math.max(pause, pauseOf(answer.retryAfter()));
        } catch (NoAnswerException e) {
          faults.put(node, String.valueOf(e.getMessage()));
          unsure |= e.sent();
          if (e.sent() && !request.repeatable()) {
            return new Attempt(null, true, text(faults));
          }
        }
      }
      pause(pause);
    }
    return new Attempt(null, unsure, text(faults));
  }

  /** Tells whether another node, or the same one later, may have a better answer. */
  private static boolean isPassing(ApiAnswer answer) {
    return answer.status() >= 502 && answer.status() <= 504;
  }

  /** Tells whether the request may have been carried out all the same (contract section 1). */
  private static boolean leavesUnsure(ApiAnswer answer) {
    return isPassing(answer) && answer.retryAfter() == null;
  }

  private static long pauseOf(@Nullable Integer seconds) {
    return seconds == null ? 0 : Math.min(seconds, LONGEST_PAUSE_SECONDS) * 1000L;
  }

  static String text(Map<URI, String> faults) {
    return faults.entrySet().stream()
        .map(fault -> "  " + fault.getKey() + ": " + fault.getValue())
        .collect(Collectors.joining("\n"));
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.FAILED, "It was interrupted", e);
    }
  }
}
