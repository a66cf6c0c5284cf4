package dev.intermission.gateway.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Route;
import dev.intermission.api.RoutingAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A proxy as the file has it, under its project and name. */
record ProxyEntry(
    @Nullable String description,
    @Nullable String type,
    @JsonProperty(required = true) List<String> relativePathList,
    @Nullable List<String> hostList,
    @JsonProperty(required = true) List<AddressEntry> routingAddressList,
    @Nullable List<String> categoryList,
    @Nullable String sharingType,
    @Nullable Boolean soapToRest,
    @Nullable Set<String> deployTo) {

  ProxyEntry {
    requireRoutes("relativePathList", relativePathList, Route::anyHost);
    if (hostList != null) {
      requireRoutes("hostList", hostList, host -> new Route(host, "/"));
    }
    if (relativePathList.isEmpty()) {
      throw new KeyFault("relativePathList", "found an empty list, needed is a path at least");
    }
    if (routingAddressList.stream().noneMatch(entry -> entry.toAddress().weight() > 0)) {
      throw new KeyFault(
          "routingAddressList", "needed is an address at least with a weight above 0");
    }
  }

  private interface RouteReading {
    Route read(String text);
  }

  private static void requireRoutes(String key, List<String> texts, RouteReading reading) {
    for (int i = 0; i < texts.size(); i++) {
      try {
        reading.read(texts.get(i));
      } catch (IllegalArgumentException e) {
        throw new KeyFault(
            key + "[" + i + "]", Objects.requireNonNullElse(e.getMessage(), "not allowed"));
      }
    }
  }

  ApiProxy toProxy(ProxyId id) {
    return new ApiProxy(
        id,
        description == null ? "" : description,
        type == null ? "REST" : type,
        relativePathList,
        hostList == null ? List.of() : hostList,
        routingAddressList.stream().map(AddressEntry::toAddress).toList(),
        categoryList == null ? List.of() : categoryList,
        sharingType == null ? "PRIVATE" : sharingType,
        soapToRest != null && soapToRest);
  }

  /** Returns where the proxy is deployed from the first; nowhere where nothing is said. */
  Set<String> environments() {
    return deployTo == null ? Set.of() : deployTo;
  }

  /** An upstream address as the file has it. */
  record AddressEntry(
      @JsonProperty(required = true) URI address,
      @Nullable Integer weight,
      @Nullable Boolean healthMonitoringEnabled) {

    AddressEntry {
      toAddress(address, weight, healthMonitoringEnabled);
    }

    RoutingAddress toAddress() {
      return toAddress(address, weight, healthMonitoringEnabled);
    }

    private static RoutingAddress toAddress(
        URI address, @Nullable Integer weight, @Nullable Boolean healthMonitoringEnabled) {
      return new RoutingAddress(
          address,
          weight == null ? 1 : weight,
          healthMonitoringEnabled != null && healthMonitoringEnabled);
    }
  }
}
