package dev.intermission.gateway.client.connection;

import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows a stream of events, and goes over to another admin node where one is lost, from the last
 * event on.
 */
final class EventFollower {

  private static final long SHORTEST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 5000;

  private final List<URI> nodes;
  private final Wire wire;
  private final TokenSource tokens;
  private final FailOver forTokens;
  private @Nullable String lastId;

  EventFollower(List<URI> nodes, Wire wire, TokenSource tokens, FailOver forTokens) {
    this.nodes = nodes;
    this.wire = wire;
    this.tokens = tokens;
    this.forTokens = forTokens;
  }

  /**
   * Follows until the thread is interrupted.
   *
   * @throws CommandFailure if the token is not valid any more, or no node could be reached at the
   *     beginning
   */
  void follow(String path, Watcher watcher) {
    String token = tokens.token(forTokens);
    boolean everFollowed = false;
    int failures = 0;
    for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
      URI node = nodes.get(i % nodes.size());
      String why;
      try (ServerEvents events = wire.events(node, request(path, token))) {
        everFollowed = true;
        failures = 0;
        watcher.following(node.toString());
        why = read(events, watcher);
      } catch (NoAnswerException | IOException e) {
        why = String.valueOf(e.getMessage());
      } catch (CommandFailure e) {
        if (e.exit() != Exit.DENIED) {
          throw e;
        }
        token = renewed(token, e);
        continue;
      }
      failures++;
      if (!everFollowed && failures >= nodes.size()) {
        throw new CommandFailure(
            Exit.UNREACHABLE, "The management API can't be reached.\n  " + node + ": " + why);
      }
      watcher.lost(node.toString(), why);
      pause(failures);
    }
  }

  /** Reads to the end of the stream, and returns why it ended. */
  private String read(ServerEvents events, Watcher watcher) throws IOException {
    for (ServerEvents.Event event = events.next(); event != null; event = events.next()) {
      String id = event.id();
      if (id != null) {
        lastId = id.isEmpty() ? null : id;
      }
      if (event.name().equals("end")) {
        String reason = event.data().path("reason").asText();
        if (reason.startsWith("TOKEN_")) {
          throw new CommandFailure(Exit.DENIED, "The token is not valid any more (" + reason + ")");
        }
        return reason;
      }
      watcher.event(event.name(), event.data());
    }
    return "its stream ended";
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

  private String renewed(String token, CommandFailure refusal) {
    String other = tokens.renewed(token, forTokens);
    if (other == null) {
      throw refusal;
    }
    return other;
  }

  private static void pause(int failures) {
    try {
      Thread.sleep(Math.min(SHORTEST_PAUSE_MILLIS * failures, LONGEST_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
