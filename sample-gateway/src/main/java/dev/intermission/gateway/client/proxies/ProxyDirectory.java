package dev.intermission.gateway.client.proxies;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.client.connection.Connections.Connected;
import dev.intermission.gateway.client.connection.ManagementApi;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds API proxies, and how they stand, in the overview (contract section 9). */
public final class ProxyDirectory {

  private static final int SHOWN = 20;

  /** The beginning of the refusal of a record that was deleted (contract section 9). */
  private static final String NO_RECORD = "Deploy history with revision (";

  private final ManagementApi api;
  private final @Nullable String project;

  /** Makes a directory of what the user may see, or of the connection's project if it has one. */
  public ProxyDirectory(Connected connected) {
    api = connected.api();
    project = connected.project();
  }

  /** Returns how all proxies stand, in the order of project, name and environment. */
  public List<ProxyState> all() {
    return read("", project);
  }

  /**
   * Returns how all proxies stand that the user may see, in whatever project: a name that is given
   * as {@code PROJECT/NAME} reaches beyond the connection's project.
   */
  public List<ProxyState> everywhere() {
    return read("", null);
  }

  /**
   * Returns how the proxies of a category stand.
   *
   * @throws CommandFailure if there is none
   */
  public List<ProxyState> ofCategory(String category) {
    List<ProxyState> states = read("&category=" + ManagementApi.encoded(category), project);
    if (states.isEmpty()) {
      throw new CommandFailure(Exit.FAILED, "No API has the category '" + category + "'.");
    }
    return states;
  }

  /**
   * Returns how the proxy stands that an operator named, in each environment.
   *
   * @param given {@code PROJECT/NAME}, or {@code NAME} where that is clear
   * @throws CommandFailure if there is no such proxy, or there are several
   */
  public List<ProxyState> named(String given) {
    String part = given.substring(given.lastIndexOf('/') + 1);
    List<ProxyState> similar = search(part, part.equals(given) ? project : null);
    List<ProxyState> found =
        similar.stream().filter(state -> isMeant(state.proxy(), given)).toList();
    SortedSet<ProxyName> names = names(found);
    if (names.isEmpty()) {
      throw new CommandFailure(Exit.FAILED, unknown(given, names(similar)));
    }
    if (names.size() > 1) {
      throw new CommandFailure(
          Exit.FAILED,
          "'"
              + given
              + "' is the name of several APIs; give one of them with its project:"
              + list(names));
    }
    return found;
  }

  /** Returns the settings that are in force for a proxy that is deployed. */
  public JsonNode inForce(ProxyState state) {
    return api.get(state.proxy().path("deploy-histories", String.valueOf(state.revision())))
        .body()
        .at("/resultList/0/settings");
  }

  /** Returns the settings that are in force, or null if their record was deleted. */
  public @Nullable JsonNode inForceIfKept(ProxyState state) {
    try {
      return inForce(state);
    } catch (CommandFailure e) {
      if (e.text().startsWith(NO_RECORD)) {
        return null;
      }
      throw e;
    }
  }

  /** Returns the saved settings of a proxy. */
  public JsonNode saved(ProxyName proxy) {
    return api.get(proxy.settings()).body().at("/resultList/0");
  }

  private List<ProxyState> search(String part, @Nullable String within) {
    if (part.isEmpty()) {
      throw new CommandFailure(Exit.USAGE, "A name is empty; an API is PROJECT/NAME or NAME");
    }
    return read("&q=" + ManagementApi.encoded(part), within);
  }

  private static boolean isMeant(ProxyName proxy, String given) {
    return proxy.name().equals(given) || proxy.toString().equals(given);
  }

  private String unknown(String given, SortedSet<ProxyName> similar) {
    String where = project == null ? "" : " in the project '" + project + "'";
    return "There is no API '"
        + given
        + "'"
        + where
        + " that this user may see."
        + (similar.isEmpty()
            ? " 'intermission status --all' lists those that there are."
            : " Similar names:" + list(similar));
  }

  private static String list(SortedSet<ProxyName> names) {
    String shown =
        names.stream().limit(SHOWN).map(name -> "\n  " + name).collect(Collectors.joining());
    return names.size() > SHOWN ? shown + "\n  and " + (names.size() - SHOWN) + " more" : shown;
  }

  private static SortedSet<ProxyName> names(List<ProxyState> states) {
    return states.stream().map(ProxyState::proxy).collect(Collectors.toCollection(TreeSet::new));
  }

  private List<ProxyState> read(String filter, @Nullable String within) {
    String where = within == null ? "" : "&project=" + ManagementApi.encoded(within);
    List<ProxyState> states = new ArrayList<>();
    for (int page = 1; ; page++) {
      JsonNode body = api.get("/apiops/maintenance/?page=" + page + where + filter).body();
      body.path("resultList").forEach(line -> states.add(new ProxyState(line)));
      if (states.size() >= body.path("totalCount").asInt()
          || body.path("resultCount").asInt() == 0) {
        return states;
      }
    }
  }
}
