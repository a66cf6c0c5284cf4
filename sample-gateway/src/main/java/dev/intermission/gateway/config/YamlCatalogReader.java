package dev.intermission.gateway.config;

import dev.intermission.admin.access.ClientSecret;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.Route;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.User;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the environments, the projects with their proxies, and the users. */
final class YamlCatalogReader {

  private final Set<String> environments = new TreeSet<>();
  private final Set<String> projects = new TreeSet<>();
  private final Map<ApiProxy, Set<String>> proxies = new LinkedHashMap<>();
  private final Set<User> users = new HashSet<>();
  private final Map<String, URI> accessUrls = new HashMap<>();
  private final Map<Route, ProxyId> owners = new HashMap<>();

  private YamlCatalogReader() {}

  /**
   * Reads the catalog of the file's root.
   *
   * @param required whether there must be one
   */
  static YamlCatalog read(Section root, boolean required) {
    YamlCatalogReader reader = new YamlCatalogReader();
    Value environments = root.get("environments");
    Value projects = root.get("projects");
    reader.readEnvironments(required ? environments.required() : environments);
    Map<String, Section> sections = (required ? projects.required() : projects).sections();
    reader.projects.addAll(sections.keySet());
    sections.forEach((name, section) -> reader.readProject(name, projects.below(name), section));
    root.get("users").byName().forEach(reader::readUser);
    root.get("accessUrls").byName().forEach(reader::readAccessUrl);
    return new YamlCatalog(
        reader.environments, reader.projects, reader.proxies, reader.users, reader.accessUrls);
  }

  private void readEnvironments(Value value) {
    List<Value> items = value.items();
    if (items.isEmpty() && value.isList()) {
      value.fault("found an empty list, needed is a name at least");
    }
    for (Value item : items) {
      String name = item.text();
      if (name == null || !isName(name, item)) {
        continue;
      }
      if (!environments.add(name)) {
        value.fault("found '" + name + "' twice");
      }
    }
  }

  private void readAccessUrl(String environment, Value value) {
    if (!environments.isEmpty() && !environments.contains(environment)) {
      value.fault("found '" + environment + "', allowed are " + environments);
    }
    URI url = value.uri();
    if (url == null) {
      return;
    }
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getRawUserInfo() != null || hasMoreThanAPath(url)) {
      value.fault("allowed are http and https, with a host, and a path if need be, and no more");
    } else {
      accessUrls.put(environment, url);
    }
  }

  private static boolean hasMoreThanAPath(URI url) {
    return url.getRawQuery() != null || url.getRawFragment() != null;
  }

  private static boolean isName(String name, Value at) {
    if (name.isBlank() || name.length() > 255 || name.chars().anyMatch(Character::isISOControl)) {
      at.fault("the name is not 1 to 255 characters without controls, one of them no space");
      return false;
    }
    return true;
  }

  private void readProject(String project, Value at, Section section) {
    isName(project, at);
    section
        .get("proxies")
        .byName()
        .forEach(
            (name, value) -> {
              if (isName(name, value)) {
                readProxy(new ProxyId(project, name), value.section());
              }
            });
    section.end();
  }

  private void readProxy(ProxyId id, Section at) {
    String description = at.get("description").text("");
    String type = at.get("type").text("REST");
    Value paths = at.get("relativePathList").required();
    List<String> pathList = paths.list(YamlCatalogReader::path);
    if (paths.isList() && paths.items().isEmpty()) {
      paths.fault("found an empty list, needed is a path at least");
    }
    List<String> hosts = at.get("hostList").list(YamlCatalogReader::host);
    Value addresses = at.get("routingAddressList").required();
    List<RoutingAddress> routing = addresses.list(YamlCatalogReader::address);
    if (addresses.isList()
        && routing.size() == addresses.items().size()
        && routing.stream().noneMatch(address -> address.weight() > 0)) {
      addresses.fault("needed is an address at least with a weight above 0");
    }
    List<String> categories = at.get("categoryList").list(Value::text);
    String sharingType = at.get("sharingType").text("PRIVATE");
    boolean soapToRest = at.get("soapToRest").flag(false);
    Set<String> deployTo = known(at.get("deployTo"), environments);
    at.end();
    if (!pathList.isEmpty() && routing.stream().anyMatch(address -> address.weight() > 0)) {
      ApiProxy proxy =
          new ApiProxy(
              id, description, type, pathList, hosts, routing, categories, sharingType, soapToRest);
      requireOwnRoutes(proxy, paths);
      proxies.put(proxy, deployTo);
    }
  }

  private static @Nullable String path(Value at) {
    String path = at.text();
    if (path != null && path.length() > 1 && path.endsWith("/")) {
      at.fault("path '" + path + "' ends with a slash; write '" + withoutSlashes(path) + "'");
      return null;
    }
    return path == null ? null : at.make(() -> Route.anyHost(path).path());
  }

  private static String withoutSlashes(String path) {
    String shorter = path.replaceAll("/+$", "");
    return shorter.isEmpty() ? "/" : shorter;
  }

  private static @Nullable String host(Value at) {
    String host = at.text();
    return host == null ? null : at.make(() -> new Route(host, "/").host());
  }

  private static @Nullable RoutingAddress address(Value value) {
    Section at = value.section();
    URI address = value.isSection() ? at.get("address").required().uri() : null;
    int weight = at.get("weight").integer(1, Integer.MIN_VALUE, Integer.MAX_VALUE);
    boolean monitored = at.get("healthMonitoringEnabled").flag(false);
    at.get("address");
    at.end();
    return address == null
        ? null
        : value.make(() -> new RoutingAddress(address, weight, monitored));
  }

  private void requireOwnRoutes(ApiProxy proxy, Value at) {
    for (Route route : proxy.routes()) {
      ProxyId owner = owners.putIfAbsent(route, proxy.id());
      if (owner != null && !owner.equals(proxy.id())) {
        at.fault(
            String.format(
                Locale.ROOT,
                "the route %s is that of %s already",
                (route.host() == null ? "" : route.host()) + route.path(),
                owner));
      }
    }
  }

  private static Set<String> known(Value names, Set<String> known) {
    Set<String> all = new LinkedHashSet<>();
    for (Value item : names.items()) {
      String name = item.text();
      if (name != null && !known.isEmpty() && !known.contains(name)) {
        names.fault("found '" + name + "', allowed are " + known);
      } else if (name != null) {
        all.add(name);
      }
    }
    return all;
  }

  private void readUser(String name, Value value) {
    Section at = value.section();
    isName(name, value);
    boolean systemAdministrator = at.get("systemAdministrator").flag(false);
    Value passwordHash = at.get("passwordHash");
    String hash = passwordHash.text();
    if (hash != null && !ClientSecret.isHash(hash)) {
      passwordHash.fault(
          "found what is no bcrypt hash of a cost from 10 to 16; make one with './intermission secret hash'");
      hash = null;
    }
    Map<String, Set<Right>> rights = new HashMap<>();
    at.get("rights")
        .byName()
        .forEach(
            (project, list) -> {
              if (!projects.contains(project)) {
                list.fault("found '" + project + "', allowed are " + projects);
              }
              rights.put(
                  project,
                  Set.copyOf(list.list(right -> right.oneOf(Right.values(), Right::name))));
            });
    Set<String> follows = known(at.get("follows"), environments);
    at.end();
    users.add(new User(name, systemAdministrator, rights, hash, follows));
  }
}
