package dev.intermission.gateway.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The calls of the management API, behind all its admin nodes. Safe for several threads. */
public final class ManagementApi {

  private static final String NO_RIGHT = "User does not have required permission";

  /** The call whose answer was lost may still be at work when the audit is asked first. */
  private static final int LOOKS = 3;

  private static final long BETWEEN_LOOKS_MILLIS = 1000;

  private final List<URI> urls;
  private final Wire wire;
  private final FailOver nodes;
  private final TokenSource tokens;
  private final Output output;

  /**
   * Makes it; nothing is sent before the first call.
   *
   * @param ca the authority of the nodes' certificates, or null for those that Java trusts
   */
  public ManagementApi(List<URI> nodes, @Nullable Path ca, TokenSource tokens, Output output) {
    this(List.copyOf(nodes), new Wire(ca == null ? null : Trust.in(ca)), tokens, output);
  }

  private ManagementApi(List<URI> urls, Wire wire, TokenSource tokens, Output output) {
    this.urls = urls;
    this.wire = wire;
    this.nodes = new FailOver(urls, wire);
    this.tokens = tokens;
    this.output = output;
  }

  /**
   * Returns the same for a command that must go on soon although a node is frozen: it waits only a
   * few seconds for the answer to a GET.
   */
  public ManagementApi inHaste() {
    return new ManagementApi(urls, wire.inHaste(), tokens, output);
  }

  /** Returns the path with these segments below {@code /apiops}, each of them encoded. */
  public static String path(String... segments) {
    StringBuilder path = new StringBuilder("/apiops/");
    for (String segment : segments) {
      path.append(encoded(segment)).append('/');
    }
    return path.toString();
  }

  /** Returns the text as it can stand in a path or in the value of a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * What was read.
   *
   * @param tag its {@code ETag}, or null
   * @param date when it was answered by the admin node's clock, in whole seconds, or null
   */
  public record Read(JsonNode body, @Nullable String tag, @Nullable Instant date) {}

  /**
   * Returns the answer to a call that changes nothing.
   *
   * @throws CommandFailure if it is refused, or no node answers
   */
  public Read read(ApiRequest request) {
    ApiAnswer answer = checked(answered(call(request.asRead())));
    return new Read(body(answer), answer.tag(), answer.date());
  }

  /**
   * Returns the answer to a GET.
   *
   * @throws CommandFailure if it is refused, or no node answers
   */
  public Read get(String path) {
    return read(ApiRequest.get(path));
  }

  /**
   * Makes a change, and returns the answer; or null where the answer was lost and the audit says
   * that the change is saved.
   *
   * @param audit the audit of an API proxy that it changes, as a path
   * @throws CommandFailure if it is refused, no node can be reached, or it is not known whether it
   *     was saved
   */
  public @Nullable JsonNode change(ApiRequest request, String audit) {
    String id = UUID.randomUUID().toString();
    Attempt attempt = call(request.with("X-Correlation-Id", id));
    ApiAnswer answer = attempt.answer();
    boolean settled = answer != null && answer.isOk();
    if (attempt.unsure() && !settled) {
      if (!isSaved(id, audit, attempt)) {
        if (answer != null && answer.status() < 500) {
          checked(answer);
        }
        throw new CommandFailure(
            Exit.FAILED,
            "Nothing was changed. The answer was lost, and the audit does not know the call. You can try again.\n"
                + attempt.faults());
      }
      return null;
    }
    if (answer == null) {
      throw unreachable("The management API can't be reached; nothing was changed.", attempt);
    }
    return body(checked(answer));
  }

  /**
   * Follows a stream of events until the thread is interrupted.
   *
   * @throws CommandFailure if it is refused, or no node could be reached at the beginning
   */
  public void follow(String path, Watcher watcher) {
    new EventFollower(urls, wire, tokens, nodes).follow(path, watcher);
  }

  /** Asks the audit, since nothing else can tell (contract section 1). */
  private boolean isSaved(String id, String audit, Attempt attempt) {
    output.progress("The answer was lost; asking the audit whether the change is saved");
    try {
      for (int look = 0; look < LOOKS; look++) {
        if (look > 0) {
          FailOver.pause(BETWEEN_LOOKS_MILLIS);
        }
        for (JsonNode entry : get(audit).body().path("resultList")) {
          if (id.equals(entry.path("correlationId").asText())) {
            return true;
          }
        }
      }
      return false;
    } catch (CommandFailure e) {
      throw new CommandFailure(
          e.exit(),
          "It is not known whether the change is saved: the answer was lost, and the audit can't be asked.\nBefore you try again, look for the correlation id "
              + id
              + " with 'intermission audit'.\n"
              + attempt.faults()
              + "\n"
              + e.text(),
          e);
    }
  }

  private Attempt call(ApiRequest request) {
    String token = tokens.token(nodes);
    Attempt attempt = nodes.send(request.with("Authorization", "Bearer " + token));
    ApiAnswer answer = attempt.answer();
    if (answer != null && answer.status() == 401) {
      String other = renewed(token, attempt);
      if (other != null) {
        return attempt.then(nodes.send(request.with("Authorization", "Bearer " + other)));
      }
    }
    return attempt;
  }

  private @Nullable String renewed(String token, Attempt attempt) {
    try {
      return tokens.renewed(token, nodes);
    } catch (CommandFailure e) {
      if (attempt.unsure()) {
        // What was sent before may be saved, and that is to be said first.
        output.warn(e.text());
        return null;
      }
      throw e;
    }
  }

  /**
   * Returns the answer of an attempt.
   *
   * @throws CommandFailure if it has none
   */
  static ApiAnswer answered(Attempt attempt) {
    if (attempt.answer() == null) {
      throw unreachable("The management API can't be reached.", attempt);
    }
    return attempt.answer();
  }

  private static CommandFailure unreachable(String message, Attempt attempt) {
    return new CommandFailure(Exit.UNREACHABLE, message + "\n" + attempt.faults());
  }

  /** Throws the failure that an answer stands for, if it is no success. */
  static ApiAnswer checked(ApiAnswer answer) {
    if (answer.isOk()) {
      return answer;
    }
    String message = answer.message();
    throw switch (answer.status()) {
      case 401 -> denied(message);
      case 412 ->
          new CommandFailure(
              Exit.FAILED,
              "Somebody else changed the settings at the same moment; nothing was changed. See 'intermission status', and try again.");
      case 503 -> new CommandFailure(Exit.UNREACHABLE, message);
      default ->
          new CommandFailure(message.startsWith(NO_RIGHT) ? Exit.DENIED : Exit.FAILED, message);
    };
  }

  /** Returns the failure of a token that is not taken, with what to do. */
  static CommandFailure denied(String message) {
    return new CommandFailure(
        Exit.DENIED,
        message
            + "\nGive another token: by 'intermission context add', the variable INTERMISSION_TOKEN or --token-file. A context with a client id renews its token by itself.");
  }

  private static JsonNode body(ApiAnswer answer) {
    if (answer.json() == null) {
      throw new CommandFailure(Exit.FAILED, answer.message());
    }
    return answer.json();
  }
}
