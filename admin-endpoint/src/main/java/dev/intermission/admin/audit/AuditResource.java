package dev.intermission.admin.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Query;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.AuditEntry;
import dev.intermission.api.store.AuditLog;
import dev.intermission.api.store.TraceChange;
import dev.intermission.api.store.TrafficLogChange;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers who changed what in a proxy (contract section 4). */
public final class AuditResource implements Resource {

  private static final int DEFAULT_LIMIT = 100;
  private static final int HIGHEST_LIMIT = 1000;

  private final Admission admission;
  private final AuditLog audit;

  public AuditResource(Admission admission, AuditLog audit) {
    this.admission = admission;
    this.audit = audit;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::list);
  }

  private Reply list(Call call) {
    admission.member(call);
    ProxyId id = admission.proxy(call);
    int limit = call.query(Query.LIMIT).limit(DEFAULT_LIMIT, HIGHEST_LIMIT);
    return Reply.ok(Reply.Results.of(audit.entries(id, limit).stream().map(Line::of).toList()));
  }

  private record Line(
      long id,
      String time,
      String username,
      String address,
      String correlationId,
      AuditAction action,
      @Nullable String environment,
      @Nullable Long revision,
      String description,
      @Nullable MaintenanceSettings before,
      @Nullable MaintenanceSettings after,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String operation,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TrafficLogChange trafficLog,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TraceChange trace) {

    static Line of(AuditEntry entry) {
      return new Line(
          entry.id(),
          entry.time().toString(),
          entry.author().username(),
          entry.author().address(),
          entry.author().correlationId(),
          entry.action(),
          entry.environment(),
          entry.revision(),
          entry.detail(),
          entry.before(),
          entry.after(),
          entry.operation(),
          entry.trafficLog(),
          entry.trace());
    }
  }
}
