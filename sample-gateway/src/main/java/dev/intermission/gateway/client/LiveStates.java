package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.intermission.gateway.client.connection.Watcher;
import dev.intermission.gateway.client.output.LiveScreen;
import dev.intermission.gateway.client.output.StyledText;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the stream of events has told so far, and its picture on the terminal. */
final class LiveStates implements Watcher {

  private final Session session;
  private final boolean all;
  private final boolean json;
  private final @Nullable LiveScreen screen;
  private final SortedMap<String, ProxyState> states = new TreeMap<>();
  private String header = "";
  private boolean complete;

  LiveStates(Session session, boolean all, boolean json) {
    this.session = session;
    this.all = all;
    this.json = json;
    boolean terminal = session.client().screen().terminal() && !json;
    screen =
        terminal
            ? new LiveScreen(
                session.client().screen(), session.output(), session.client().environment())
            : null;
  }

  @Override
  public void following(String node) {
    tell("Live from " + node);
  }

  @Override
  public void lost(String node, String why) {
    tell("Lost " + node + ": " + why + "; trying the next admin node");
  }

  private void tell(String line) {
    header = line;
    if (screen == null) {
      session.output().progress(line);
    } else {
      draw();
    }
  }

  @Override
  public void event(String name, JsonNode data) {
    if (json) {
      session
          .output()
          .object(JsonNodeFactory.instance.objectNode().put("event", name).set("data", data));
      return;
    }
    switch (name) {
      case "state" -> state(data);
      case "change" -> change(data);
      case "heartbeat" -> {
        if (!data.path("current").asBoolean(true)) {
          tell("The admin node can't read its store, so this may be old");
        }
      }
      default -> {
        // Of a newer version.
      }
    }
    draw();
  }

  private void state(JsonNode data) {
    if (data.path("first").asBoolean()) {
      states.clear();
    }
    put(data);
    complete = data.path("last").asBoolean();
    if (complete && screen == null) {
      lines().forEach(session.output()::say);
    }
  }

  private void change(JsonNode data) {
    List<ProxyState> changed = put(data);
    for (JsonNode gone : data.path("gone")) {
      states.remove(key(new ProxyState(gone)));
    }
    if (screen == null) {
      InForceText text = new InForceText(session.times());
      changed.forEach(
          state ->
              session
                  .output()
                  .say(
                      StyledText.of(session.times().now() + " ")
                          .plus(text.of(state))
                          .plus(nodes(state))));
    }
  }

  private static String nodes(ProxyState state) {
    return state.behind() == 0 ? "" : " " + state.behind() + " of its gateways are behind.";
  }

  private List<ProxyState> put(JsonNode data) {
    List<ProxyState> changed = new ArrayList<>();
    for (JsonNode line : data.path("resultList")) {
      ProxyState state = new ProxyState(line);
      states.put(key(state), state);
      changed.add(state);
    }
    return changed;
  }

  private static String key(ProxyState state) {
    return state.proxy() + "\n" + state.environment();
  }

  private List<StyledText> lines() {
    return new StatusTable(session.times()).lines(List.copyOf(states.values()), all);
  }

  private void draw() {
    if (screen != null && complete) {
      List<StyledText> picture = new ArrayList<>();
      picture.add(StyledText.of(session.times().at(session.times().now()) + "  " + header));
      picture.addAll(lines());
      screen.draw(picture);
    } else if (screen != null) {
      screen.draw(List.of(StyledText.of(header)));
    }
  }
}
