package dev.intermission.gateway.reload;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.User;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.ListenerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What two configurations differ in. */
final class Differences {

  private final List<String> found = new ArrayList<>();

  private Differences() {}

  /** Returns in words what a reload changes, by kind and name. */
  static List<String> changes(GatewayConfig before, GatewayConfig after) {
    Differences differences = new Differences();
    differences.compare("proxy", proxies(before.catalog()), proxies(after.catalog()));
    differences.compare("user", users(before.catalog()), users(after.catalog()));
    differences.compare(
        "environment",
        names(before.catalog().environments()),
        names(after.catalog().environments()));
    differences.compare(
        "project", names(before.catalog().projects()), names(after.catalog().projects()));
    differences.value("shutdownDelay", before.shutdownDelay(), after.shutdownDelay());
    differences.value("shutdownTimeout", before.shutdownTimeout(), after.shutdownTimeout());
    differences.timeouts("traffic.", before.traffic(), after.traffic());
    differences.timeouts("admin.", before.admin(), after.admin());
    differences.value(
        "upstream.connectTimeout",
        before.upstream().connectTimeout(),
        after.upstream().connectTimeout());
    differences.value(
        "upstream.idleTimeout", before.upstream().idleTimeout(), after.upstream().idleTimeout());
    differences.value(
        "upstream.responseTimeout",
        before.upstream().responseTimeout(),
        after.upstream().responseTimeout());
    differences.value(
        "upstream.preserveHost", before.upstream().preserveHost(), after.upstream().preserveHost());
    return differences.found;
  }

  /** Returns the keys that differ and that only a start puts in force. */
  static List<String> restartRequired(GatewayConfig started, GatewayConfig now) {
    Differences differences = new Differences();
    differences.key("role", started.role(), now.role());
    differences.key("environment", started.environment(), now.environment());
    differences.key("node", started.node(), now.node());
    differences.key("front", started.front(), now.front());
    differences.key("data", started.data(), now.data());
    differences.key("database", started.database(), now.database());
    differences.listener("traffic.", started.traffic(), now.traffic());
    differences.listener("admin.", started.admin(), now.admin());
    differences.key(
        "upstream.maxConnections",
        started.upstream().maxConnections(),
        now.upstream().maxConnections());
    differences.key("traffic.trustedProxies", started.trustedProxies(), now.trustedProxies());
    differences.key("traffic.drainTimeout", started.drainTimeout(), now.drainTimeout());
    differences.key("traffic.accessLog", started.log().accessLog(), now.log().accessLog());
    differences.key("connections", started.log().connections(), now.log().connections());
    differences.key("admin.metrics", started.metrics(), now.metrics());
    differences.key("feed", started.feed(), now.feed());
    differences.key("accessUrls", started.catalog().accessUrls(), now.catalog().accessUrls());
    return differences.found;
  }

  private void timeouts(String section, ListenerConfig before, ListenerConfig after) {
    value(section + "idleTimeout", before.idleTimeout(), after.idleTimeout());
    value(section + "receiveTimeout", before.receiveTimeout(), after.receiveTimeout());
  }

  private void listener(String section, ListenerConfig started, ListenerConfig now) {
    key(section + "host", started.host(), now.host());
    key(section + "port", started.port(), now.port());
    key(section + "maxConnections", started.maxConnections(), now.maxConnections());
    key(section + "maxHeaderBytes", started.maxHeaderBytes(), now.maxHeaderBytes());
    key(section + "http2", started.http2(), now.http2());
    key(section + "tls", started.tls() == null, now.tls() == null);
  }

  private void key(String key, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      found.add(key);
    }
  }

  private void value(String key, Object before, Object after) {
    if (!before.equals(after)) {
      found.add(String.format(Locale.ROOT, "%s changed from %s to %s", key, before, after));
    }
  }

  private void compare(String kind, Map<String, ?> before, Map<String, ?> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      Object was = before.get(name);
      Object is = after.get(name);
      if (!Objects.equals(was, is)) {
        String what = was == null ? "came" : is == null ? "went" : "changed";
        found.add(String.format(Locale.ROOT, "%s %s %s", kind, name, what));
      }
    }
  }

  private static Map<String, Map.Entry<ApiProxy, ?>> proxies(ProxyCatalog catalog) {
    Map<String, Map.Entry<ApiProxy, ?>> proxies = new TreeMap<>();
    catalog
        .proxies()
        .entrySet()
        .forEach(entry -> proxies.put(entry.getKey().id().toString(), entry));
    return proxies;
  }

  private static Map<String, User> users(ProxyCatalog catalog) {
    Map<String, User> users = new TreeMap<>();
    catalog.users().forEach(user -> users.put(user.name(), user));
    return users;
  }

  private static Map<String, String> names(Iterable<String> names) {
    Map<String, String> same = new TreeMap<>();
    names.forEach(name -> same.put(name, name));
    return same;
  }
}
