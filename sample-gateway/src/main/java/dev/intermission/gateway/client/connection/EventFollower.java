package dev.intermission.gateway.client.connection;

import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.HarmlessText;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows a stream of events, and goes over to another admin node where one is lost, from the last
 * event on. It is for one use on one thread.
 */
final class EventFollower {

  /** A stream that lasted so long was no failure. */
  private static final Duration STEADY = Duration.ofSeconds(10);

  private static final long SHORTEST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 5000;

  private final List<URI> nodes;
  private final Wire wire;
  private final TokenSource tokens;
  private final FailOver forTokens;
  private @Nullable String lastId;
  private boolean everFollowed;
  private boolean mayRenew = true;
  private int at;
  private int failures;

  EventFollower(List<URI> nodes, Wire wire, TokenSource tokens, FailOver forTokens) {
    this.nodes = nodes;
    this.wire = wire;
    this.tokens = tokens;
    this.forTokens = forTokens;
  }

  /**
   * Follows until the thread is interrupted.
   *
   * @throws CommandFailure if there is no valid token any more, or no node could be reached at the
   *     beginning
   */
  void follow(String path, Watcher watcher) {
    String token = tokens.token(forTokens);
    Map<URI, String> faults = new LinkedHashMap<>();
    while (!Thread.currentThread().isInterrupted()) {
      URI node = nodes.get(at % nodes.size());
      String why;
      long begun = System.nanoTime();
      try (ServerEvents events = wire.events(node, request(path, token))) {
        everFollowed = true;
        watcher.following(node.toString());
        why = read(events, watcher);
      } catch (NoAnswerException | IOException e) {
        why = String.valueOf(e.getMessage());
      } catch (TokenEndedException e) {
        String other = renewed(token, e);
        if (other != null) {
          token = other;
          countFailure(begun);
          pause(failures);
          continue;
        }
        why = "no new token can be had now";
      }
      countFailure(begun);
      faults.put(node, why);
      if (!everFollowed && failures >= nodes.size()) {
        throw new CommandFailure(
            Exit.UNREACHABLE, "The management API can't be reached.\n" + FailOver.text(faults));
      }
      watcher.lost(node.toString(), why);
      at++;
      pause(failures);
    }
  }

  private void countFailure(long begun) {
    failures = System.nanoTime() - begun > STEADY.toNanos() ? 1 : failures + 1;
  }

  /** Reads to the end of the stream, and returns why it ended. */
  private String read(ServerEvents events, Watcher watcher)
      throws IOException, TokenEndedException {
    for (ServerEvents.Event event = events.next(); event != null; event = events.next()) {
      String id = event.id();
      if (id != null) {
        lastId = id.isEmpty() ? null : id;
      }
      if (event.name().equals("end")) {
        String reason = HarmlessText.line(event.data().path("reason").asText());
        if (reason.startsWith("TOKEN_")) {
          throw new TokenEndedException("The token is not valid any more (" + reason + ")");
        }
        return reason;
      }
      mayRenew = true;
      watcher.event(event.name(), event.data());
    }
    return "its stream ended";
  }

  /**
   * Returns another token, or null if no admin node can make one now. The new one has to prove
   * itself before it is replaced, so that nothing makes tokens without an end.
   *
   * @throws CommandFailure if there is no other token
   */
  private @Nullable String renewed(String token, TokenEndedException refusal) {
    String other = null;
    if (mayRenew) {
      try {
        other = tokens.renewed(token, forTokens);
        mayRenew = false;
      } catch (CommandFailure e) {
        if (everFollowed && e.exit() == Exit.UNREACHABLE) {
          return null;
        }
        throw e;
      }
    }
    if (other == null) {
      throw ManagementApi.denied(String.valueOf(refusal.getMessage()));
    }
    return other;
  }

  private ApiRequest request(String path, String token) {
    ApiRequest request =
        new ApiRequest(
            "GET",
            path,
            Map.of("Authorization", "Bearer " + token, "Accept", "text/event-stream"),
            null,
            true);
    return lastId == null ? request : request.with("Last-Event-ID", lastId);
  }

  private static void pause(int failures) {
    try {
      Thread.sleep(Math.min(SHORTEST_PAUSE_MILLIS * failures, LONGEST_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
