package dev.intermission.admin.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.ReplyJson;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.store.TraceStore;
import dev.intermission.api.store.TraceStore.Kept;
import java.util.Map;

/** All that was recorded of one request (contract section 12). */
final class TracesRecordResource implements Resource {

  private static final JsonMapper JSON = new JsonMapper();

  private final Admission admission;
  private final TraceStore traces;
  private final TracesReaders readers;

  TracesRecordResource(Admission admission, TraceStore traces, TracesReaders readers) {
    this.admission = admission;
    this.traces = traces;
    this.readers = readers;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::read);
  }

  private Reply read(Call call) {
    Caller caller = admission.holder(call, Right.MANAGE);
    ProxyId proxy = admission.proxy(call);
    call.query();
    String id = call.name("trace");
    Kept kept = traces.record(proxy, id).orElseThrow(() -> Refusal.unknownTrace(proxy.name(), id));
    ObjectNode answer = JSON.createObjectNode().put("status", "SUCCESS").put("success", true);
    answer.putArray("resultList").add(view(kept));
    answer.put("resultCount", 1);
    readers.readRecord(proxy, id, caller.author());
    // As a text: a record may have half of a surrogate pair, at which what writes bytes fails.
    return Reply.ok(new Reply.Document(ReplyJson.MEDIA_TYPE, answer.toString()));
  }

  /**
   * Returns the document, with what the store knows of it first: that is not the gateway's word.
   */
  private static ObjectNode view(Kept kept) {
    ObjectNode view = JSON.createObjectNode();
    view.put("id", kept.record().line().id());
    view.put("time", kept.record().line().time().toString());
    view.put("environmentName", kept.environment());
    view.put("node", kept.node());
    document(kept)
        .properties()
        .forEach(
            field -> {
              if (!view.has(field.getKey())) {
                view.set(field.getKey(), field.getValue());
              }
            });
    return view;
  }

  private static JsonNode document(Kept kept) {
    try {
      return JSON.readTree(kept.record().document());
    } catch (JsonProcessingException e) {
      // Without the cause, which quotes what was recorded.
      throw new IllegalStateException(
          "The record " + kept.record().line().id() + " of the store is no JSON");
    }
  }
}
