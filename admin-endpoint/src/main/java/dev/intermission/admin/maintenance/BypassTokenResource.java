package dev.intermission.admin.maintenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.deployment.Deployments;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.LoggedChange;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.admin.http.Warning;
import dev.intermission.api.BypassToken;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.store.SettingsStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One bypass token of a proxy (contract section 4). */
public final class BypassTokenResource implements Resource {

  private final Admission admission;
  private final SettingsStore store;
  private final Deployments deployments;
  private final Clock clock;

  public BypassTokenResource(
      Admission admission, SettingsStore store, Deployments deployments, Clock clock) {
    this.admission = admission;
    this.store = store;
    this.deployments = deployments;
    this.clock = clock;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("DELETE", this::revoke);
  }

  private Reply revoke(Call call) {
    Caller caller = admission.holder(call, Right.MANAGE);
    ProxyId id = call.proxyId();
    String token = call.name("bypassToken");
    if (store.settings(id).isEmpty()) {
      throw Refusal.unknownProxy(id.name());
    }
    if (!call.body().isEmpty()) {
      throw Refusal.badRequest("A revocation has no body");
    }
    Instant now = clock.instant();
    List<Warning> warnings =
        deployments.changeParts(
            id,
            parts ->
                parts.withBypassTokens(
                    without(token, BypassTokensResource.inForce(parts, now), id)),
            Preconditions.of(call)::requireForChange,
            caller.author());
    return Reply.ok(new Revoked("SUCCESS", "Bypass token revoked successfully.", warnings))
        .changing(List.of(new LoggedChange("revoked the bypass token " + token + " of " + id)));
  }

  private static List<BypassToken> without(String token, List<BypassToken> all, ProxyId id) {
    if (!all.removeIf(one -> one.id().equals(token))) {
      throw Refusal.unknownBypassToken(id.name(), token);
    }
    return all;
  }

  private record Revoked(
      String status,
      String resultMessage,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {}
}
