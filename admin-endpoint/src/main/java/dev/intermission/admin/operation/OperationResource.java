package dev.intermission.admin.operation;

import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.store.OperationStore;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One operation that was made (contract section 10). */
final class OperationResource implements Resource {

  private final OperationAdmission admission;
  private final OperationStore operations;

  OperationResource(OperationAdmission admission, OperationStore operations) {
    this.admission = admission;
    this.operations = operations;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::read);
  }

  private Reply read(Call call) {
    Predicate<String> projects = admission.reader(call);
    call.query();
    return Reply.ok(
        Reply.Results.of(
            List.of(
                OperationLine.of(
                    OperationAdmission.operation(operations, call, projects), projects))));
  }
}
