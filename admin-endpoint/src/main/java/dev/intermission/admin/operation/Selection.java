package dev.intermission.admin.operation;

import dev.intermission.admin.http.Refusal;
import dev.intermission.api.ApiProxy;
import dev.intermission.json.JsonType;
import dev.intermission.json.StrictReader;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which proxies an operation changes: those that match each list that is not empty.
 *
 * @param names the names of proxies
 * @param categories labels of the host gateway
 * @param upstreamHosts hosts of upstream addresses, in lower case
 */
record Selection(List<String> names, List<String> categories, List<String> upstreamHosts)
    implements UnaryOperator<List<ApiProxy>> {

  private static final JsonType<List<String>> STRINGS = JsonType.STRING.array();

  /** Reads the lists; what is wrong with them is told by the reader. */
  static Selection read(StrictReader reader) {
    return new Selection(
        list(reader.read("names", STRINGS)),
        list(reader.read("categories", STRINGS)),
        list(reader.read("upstreamHosts", STRINGS)).stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .toList());
  }

  static List<String> list(@Nullable List<String> read) {
    return read == null ? List.of() : read.stream().distinct().toList();
  }

  boolean isEmpty() {
    return names.isEmpty() && categories.isEmpty() && upstreamHosts.isEmpty();
  }

  /**
   * Returns those that match.
   *
   * @throws Refusal if there is none, or none with one of the names
   */
  @Override
  public List<ApiProxy> apply(List<ApiProxy> proxies) {
    Set<String> unknown = new HashSet<>(names);
    proxies.forEach(proxy -> unknown.remove(proxy.id().name()));
    if (!unknown.isEmpty()) {
      throw Refusal.unknownProxy(unknown.stream().sorted().collect(Collectors.joining(", ")));
    }
    List<ApiProxy> matching = proxies.stream().filter(this::matches).toList();
    if (matching.isEmpty()) {
      throw Refusal.badRequest("No ApiProxy matches select; nothing was changed");
    }
    return matching;
  }

  private boolean matches(ApiProxy proxy) {
    return (names.isEmpty() || names.contains(proxy.id().name()))
        && (categories.isEmpty() || proxy.categoryList().stream().anyMatch(categories::contains))
        && (upstreamHosts.isEmpty()
            || proxy.routing().stream()
                .anyMatch(to -> upstreamHosts.contains(to.host().toLowerCase(Locale.ROOT))));
  }
}
