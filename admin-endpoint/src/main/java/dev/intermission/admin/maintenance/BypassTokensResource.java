package dev.intermission.admin.maintenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.access.TokenSecret;
import dev.intermission.admin.deployment.Deployments;
import dev.intermission.admin.http.Body;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.LoggedChange;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.admin.http.Warning;
import dev.intermission.api.BypassToken;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.Right;
import dev.intermission.api.TokenHash;
import dev.intermission.api.store.SettingsStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The bypass tokens of a proxy (contract section 4). */
public final class BypassTokensResource implements Resource {

  /** The beginning of every bypass token, by which secret scanners recognise it. */
  private static final String PREFIX = "imb_";

  private static final int MOST_TOKENS = 100;

  private final Admission admission;
  private final SettingsStore store;
  private final Deployments deployments;
  private final Clock clock;

  public BypassTokensResource(
      Admission admission, SettingsStore store, Deployments deployments, Clock clock) {
    this.admission = admission;
    this.store = store;
    this.deployments = deployments;
    this.clock = clock;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::list, "POST", this::make);
  }

  private Reply list(Call call) {
    admission.member(call);
    ProxyId id = call.proxyId();
    ProxyParts parts = store.parts(id).orElseThrow(() -> Refusal.unknownProxy(id.name()));
    List<BypassToken> tokens = inForce(parts, clock.instant());
    Collections.reverse(tokens);
    return Reply.ok(Reply.Results.of(tokens.stream().map(Line::of).toList()));
  }

  private Reply make(Call call) {
    Caller caller = admission.holder(call, Right.MANAGE);
    ProxyId id = call.proxyId();
    if (store.settings(id).isEmpty()) {
      throw Refusal.unknownProxy(id.name());
    }
    Body sent = call.body();
    sent.mediaType(List.of("application/json"), Map.of());
    BypassTokenBody body = BypassTokenBody.read(sent.json());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String secret = TokenSecret.withPrefix(PREFIX);
    BypassToken token =
        new BypassToken(
            TokenSecret.newId(),
            body.description(),
            TokenHash.of(secret),
            call.username(),
            now,
            now.plus(body.lifetime()));
    List<Warning> warnings =
        deployments.changeParts(
            id,
            parts -> parts.withBypassTokens(with(token, inForce(parts, now), id)),
            Preconditions.of(call)::requireForChange,
            caller.author());
    return Reply.ok(Made.of(token, secret, warnings))
        .changing(
            List.of(
                new LoggedChange(
                    "made the bypass token "
                        + token.id()
                        + " of "
                        + id
                        + ", which expires "
                        + token.expires())));
  }

  /** Returns those that have not expired, in the order in which they were made. */
  static List<BypassToken> inForce(ProxyParts parts, Instant now) {
    List<BypassToken> tokens = new ArrayList<>(parts.bypassTokens());
    tokens.removeIf(token -> token.isExpired(now));
    return tokens;
  }

  private static List<BypassToken> with(BypassToken token, List<BypassToken> others, ProxyId id) {
    if (others.size() >= MOST_TOKENS) {
      throw Refusal.tooManyBypassTokens(id.name(), others.size());
    }
    others.add(token);
    return others;
  }

  /** A token without its secret. */
  private record Line(
      String id, String description, String username, String createdAt, String expiresAt) {

    static Line of(BypassToken token) {
      return new Line(
          token.id(),
          token.description(),
          token.username(),
          token.created().toString(),
          token.expires().toString());
    }
  }

  /** A token with its secret, once. */
  private record Made(
      String status,
      boolean success,
      String id,
      String description,
      String username,
      String createdAt,
      String expiresAt,
      String token,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {

    static Made of(BypassToken token, String secret, List<Warning> warnings) {
      Line line = Line.of(token);
      return new Made(
          "SUCCESS",
          true,
          line.id(),
          line.description(),
          line.username(),
          line.createdAt(),
          line.expiresAt(),
          secret,
          warnings);
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
      return "Made[" + id + "]";
    }
  }
}
