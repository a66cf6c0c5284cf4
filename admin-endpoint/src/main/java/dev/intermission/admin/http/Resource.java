package dev.intermission.admin.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Answers the requests at one path of the contract. Thread-safe. */
public interface Resource {

  /** Returns the action for each method; HEAD uses the action of GET. */
  Map<String, Action> actions();

  /** Returns the allowed methods, in alphabetical order. */
  default Set<String> methods() {
    Set<String> methods = new TreeSet<>(actions().keySet());
    methods.add("OPTIONS");
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  /** Returns the media types of a PATCH, none if there is no PATCH. */
  default List<String> patchTypes() {
    return List.of();
  }

  /** Returns them in the form of the field Accept-Patch (RFC 5789 section 3.1). */
  default String acceptPatch() {
    return String.join(", ", patchTypes());
  }

  /**
   * Answers one request with the action for its method, or to OPTIONS with what is allowed.
   *
   * @throws Refusal if the answer is an error, such as for another method
   * @throws InterruptedException if interrupted before anything was changed
   */
  default Reply answer(Call call) throws InterruptedException {
    if (call.method().equals("OPTIONS")) {
      Reply reply = Reply.empty(204).with("Allow", String.join(", ", methods()));
      return patchTypes().isEmpty() ? reply : reply.with("Accept-Patch", acceptPatch());
    }
    Action action = actions().get(call.method().equals("HEAD") ? "GET" : call.method());
    if (action == null) {
      throw Refusal.methodNotAllowed(call.method(), methods());
    }
    return action.to(call);
  }

  /** The action of a resource for one method. */
  @FunctionalInterface
  interface Action {

    /**
     * Answers one request.
     *
     * @throws Refusal if the answer is an error
     * @throws InterruptedException if interrupted before anything was changed
     */
    Reply to(Call call) throws InterruptedException;
  }
}
