package dev.intermission.api;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An API proxy as its host gateway defines it. What an operator changes while it runs (its
 * maintenance settings) is not part of it.
 *
 * @param id its project and name
 * @param description free text, may be empty
 * @param type what the host calls this kind of API, for instance {@code REST}
 * @param relativePathList the path prefixes it answers at, at least one
 * @param hostList the hosts it answers for; empty for any
 * @param routing its upstream addresses, at least one with a weight above 0
 * @param categoryList labels of the host gateway
 * @param sharingType how far the API is shared, as the host calls it
 * @param soapToRest whether the host turns a SOAP service into a REST one
 */
public record ApiProxy(
    ProxyId id,
    String description,
    String type,
    List<String> relativePathList,
    List<String> hostList,
    List<RoutingAddress> routing,
    List<String> categoryList,
    String sharingType,
    boolean soapToRest) {

  /**
   * @throws IllegalArgumentException if {@link Route} does not allow a path or host, or if a list
   *     is too short
   */
  public ApiProxy {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(sharingType, "sharingType");
    if (relativePathList.isEmpty()) {
      throw new IllegalArgumentException("API proxy " + id + " has no path");
    }
    if (routing.stream().noneMatch(address -> address.weight() > 0)) {
      throw new IllegalArgumentException(
          "API proxy " + id + " has no upstream address with a weight above 0");
    }
    relativePathList =
        relativePathList.stream().map(path -> Route.anyHost(path).path()).distinct().toList();
    hostList =
        hostList.stream()
            .map(host -> Objects.requireNonNull(new Route(host, "/").host()))
            .distinct()
            .toList();
    routing = List.copyOf(routing);
    categoryList = List.copyOf(categoryList);
  }

  /** Returns a proxy of type REST for any host, with one path and one upstream address. */
  public static ApiProxy of(ProxyId id, String path, RoutingAddress address) {
    return new ApiProxy(
        id, "", "REST", List.of(path), List.of(), List.of(address), List.of(), "PRIVATE", false);
  }

  /** Returns each path on each host, or on any host if the proxy has no hosts. */
  public List<Route> routes() {
    return relativePathList.stream()
        .flatMap(
            path ->
                hostList.isEmpty()
                    ? Stream.of(Route.anyHost(path))
                    : hostList.stream().map(host -> new Route(host, path)))
        .toList();
  }
}
