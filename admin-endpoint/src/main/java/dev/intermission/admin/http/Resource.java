package dev.intermission.admin.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What answers at one path of the contract. Thread-safe. */
public interface Resource {

  /** Returns what is done for each method; HEAD is served by what GET does. */
  Map<String, Action> actions();

  /** Returns the methods that are answered, in alphabetical order. */
  default Set<String> methods() {
    Set<String> methods = new TreeSet<>(actions().keySet());
    methods.add("OPTIONS");
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  /** Returns the media types of a PATCH, none where there is no PATCH. */
  default List<String> patchTypes() {
    return List.of();
  }

  /** Returns them as the field Accept-Patch has them (RFC 5789 section 3.1). */
  default String acceptPatch() {
    return String.join(", ", patchTypes());
  }

  /** What a resource does for one method. */
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
