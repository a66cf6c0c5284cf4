package dev.intermission.admin.reload;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.LoggedChange;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import java.util.List;
import java.util.Map;

/** Reads the configuration again (contract section 6). */
public final class ReloadResource implements Resource {

  /** The path, in the servlet's context. */
  public static final String PATH = "/reload";

  private final Admission admission;
  private final Reloading reloading;

  public ReloadResource(Admission admission, Reloading reloading) {
    this.admission = admission;
    this.reloading = reloading;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("POST", this::reload);
  }

  private Reply reload(Call call) {
    admission.requireSystemAdministrator(call);
    if (!call.body().isEmpty()) {
      throw Refusal.badRequest("A reload has no body");
    }
    ReloadReport report = reloading.reload();
    if (!report.faults().isEmpty()) {
      throw Refusal.faultyConfiguration(report.faults());
    }
    LoggedChange change =
        new LoggedChange("read the configuration again (" + report.changes().size() + " changes)");
    return Reply.ok(new Answer(true, report.changes(), report.restartRequired()))
        .changing(List.of(change));
  }

  private record Answer(boolean success, List<String> changes, List<String> restartRequired) {}
}
