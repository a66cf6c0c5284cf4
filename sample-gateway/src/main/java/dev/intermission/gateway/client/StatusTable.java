package dev.intermission.gateway.client;

import dev.intermission.gateway.client.output.StyledText;
import dev.intermission.gateway.client.output.StyledText.Colour;
import dev.intermission.gateway.client.output.TextTable;
import dev.intermission.gateway.client.proxies.ProxyState;
import dev.intermission.gateway.client.time.TimeText;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How API proxies stand, as a table for each environment. */
final class StatusTable {

  /** So many lines that are open and in order are shown without being asked for. */
  private static final int FEW = 20;

  private final TimeText times;
  private final List<StyledText> lines = new ArrayList<>();

  StatusTable(TimeText times) {
    this.times = times;
  }

  /** Returns the lines of the tables. */
  List<StyledText> lines(List<ProxyState> states, boolean all) {
    lines.clear();
    Map<String, List<ProxyState>> byEnvironment = new TreeMap<>();
    for (ProxyState state : states) {
      byEnvironment.computeIfAbsent(state.environment(), any -> new ArrayList<>()).add(state);
    }
    byEnvironment.forEach((environment, there) -> show(environment, there, all));
    if (states.isEmpty()) {
      lines.add(StyledText.of("There is no API that this user may see."));
    } else if (!all && states.stream().noneMatch(ProxyState::deployed)) {
      lines.add(StyledText.of("Nothing is deployed; --all shows what there is."));
    }
    return List.copyOf(lines);
  }

  private void show(String environment, List<ProxyState> states, boolean all) {
    List<ProxyState> deployed = states.stream().filter(ProxyState::deployed).toList();
    if (deployed.isEmpty() && !all) {
      return;
    }
    long closed = deployed.stream().filter(ProxyState::closed).count();
    lines.add(StyledText.of(environment + ": " + closed + " of " + deployed.size() + " closed"));
    boolean each = all || deployed.size() <= FEW;
    List<ProxyState> shown =
        states.stream()
            .filter(state -> all || state.deployed())
            .filter(state -> each || rank(state) < 3)
            .sorted(Comparator.comparingInt(this::rank))
            .toList();
    if (!shown.isEmpty()) {
      TextTable table = new TextTable();
      table.add(
          "API", "STATE", "SINCE", "UNTIL", "STATUS", "NODES", "IN FLIGHT", "ANSWERS/MIN", "");
      shown.forEach(state -> table.add(row(state)));
      table.lines().forEach(line -> lines.add(StyledText.of("  ").plus(line)));
    }
    long others = deployed.stream().filter(state -> !shown.contains(state)).count();
    if (others > 0) {
      lines.add(StyledText.of("  " + others + " more are open and in order; --all shows them"));
    }
  }

  /**
   * Returns 0 for what is closed, 1 for what closes by itself, 2 for what needs a look, else more.
   */
  private int rank(ProxyState state) {
    if (state.closed()) {
      return 0;
    }
    if (state.announced(times.now())) {
      return 1;
    }
    return state.redeployRequired() || state.behind() > 0 ? 2 : state.deployed() ? 3 : 4;
  }

  private StyledText[] row(ProxyState state) {
    Instant since = state.since();
    return new StyledText[] {
      StyledText.of(state.proxy().toString()),
      word(state),
      StyledText.of(since == null ? "" : times.at(since)),
      StyledText.of(until(state)),
      StyledText.of(
          state.closed() || state.announced(times.now()) ? String.valueOf(state.status()) : ""),
      StyledText.of(state.nodes()),
      StyledText.of(state.closed() ? state.inFlight() : ""),
      StyledText.of(state.closed() ? state.answersInLastMinute() : ""),
      notes(state)
    };
  }

  private static StyledText word(ProxyState state) {
    if (!state.deployed()) {
      return StyledText.of("not deployed");
    }
    return state.closed()
        ? StyledText.of(Colour.RED, "closed")
        : StyledText.of(Colour.GREEN, "open");
  }

  private String until(ProxyState state) {
    OffsetDateTime start = state.startsAt();
    if (start != null && state.announced(times.now())) {
      return "closes " + times.atWithDistance(start);
    }
    OffsetDateTime end = state.endsAt();
    if (!state.closed() || end == null) {
      return "";
    }
    return times.atWithDistance(end);
  }

  private static StyledText notes(ProxyState state) {
    List<StyledText> notes = new ArrayList<>();
    if (state.closed() && state.reopenAtEnd()) {
      notes.add(StyledText.of("opens by itself"));
    }
    if (state.redeployRequired()) {
      notes.add(StyledText.of(Colour.YELLOW, "saved but not deployed"));
    }
    if (state.behind() > 0) {
      notes.add(StyledText.of(Colour.YELLOW, state.behind() + " behind"));
    }
    return StyledText.joined(", ", notes);
  }
}
