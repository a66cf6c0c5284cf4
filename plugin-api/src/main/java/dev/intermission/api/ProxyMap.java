package dev.intermission.api;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map that consists of parts. A map that differs from another one in a few proxies
 * shares all other parts with it, and two maps are compared part by part.
 */
final class ProxyMap extends AbstractMap<ProxyId, DeployedProxy> {

  private static final int PER_PART = 64;
  private static final int MOST_PARTS = 1 << 14;

  private final List<Map<ProxyId, DeployedProxy>> parts;
  private final int size;

  private ProxyMap(List<Map<ProxyId, DeployedProxy>> parts) {
    this.parts = parts;
    size = parts.stream().mapToInt(Map::size).sum();
  }

  static ProxyMap copyOf(Map<ProxyId, DeployedProxy> proxies) {
    if (proxies instanceof ProxyMap same) {
      return same;
    }
    return split(proxies);
  }

  private static ProxyMap split(Map<ProxyId, DeployedProxy> proxies) {
    int wanted = Integer.highestOneBit(Math.max(1, proxies.size() / PER_PART));
    int parts = Math.min(wanted, MOST_PARTS);
    List<Map<ProxyId, DeployedProxy>> split = new ArrayList<>(parts);
    for (int part = 0; part < parts; part++) {
      split.add(new HashMap<>());
    }
    proxies.forEach((id, proxy) -> split.get(partOf(id, parts)).put(id, proxy));
    split.replaceAll(Map::copyOf);
    return new ProxyMap(split);
  }

  private static int partOf(Object id, int parts) {
    int mixed = id.hashCode() * 0x9E3779B9;
    return (mixed >>> 16) & (parts - 1);
  }

  /** Returns this map with the delta's changes. */
  ProxyMap plus(SnapshotDelta delta) {
    Map<Integer, Map<ProxyId, DeployedProxy>> changed = new HashMap<>();
    delta.undeployed().forEach(id -> toChange(id, changed).remove(id));
    delta.deployed().forEach(proxy -> toChange(proxy.id(), changed).put(proxy.id(), proxy));
    List<Map<ProxyId, DeployedProxy>> next = new ArrayList<>(parts);
    changed.forEach((part, proxies) -> next.set(part, Map.copyOf(proxies)));
    ProxyMap map = new ProxyMap(next);
    boolean grownOut = map.size / parts.size() > 4 * PER_PART && parts.size() < MOST_PARTS;
    return grownOut ? split(map) : map;
  }

  private Map<ProxyId, DeployedProxy> toChange(
      ProxyId id, Map<Integer, Map<ProxyId, DeployedProxy>> changed) {
    return changed.computeIfAbsent(
        partOf(id, parts.size()), part -> new HashMap<>(parts.get(part)));
  }

  /** Returns the proxies that are not in the earlier map, or differ there. */
  List<DeployedProxy> deployedSince(ProxyMap earlier) {
    List<DeployedProxy> deployed = new ArrayList<>();
    partsThatDiffer(earlier)
        .flatMap(part -> part.values().stream())
        .filter(proxy -> !Objects.equals(proxy, earlier.get(proxy.id())))
        .forEach(deployed::add);
    return deployed;
  }

  /** Returns the proxies of the earlier map that are no longer there. */
  List<ProxyId> undeployedSince(ProxyMap earlier) {
    return earlier
        .partsThatDiffer(this)
        .flatMap(part -> part.keySet().stream())
        .filter(id -> !containsKey(id))
        .toList();
  }

  private Stream<Map<ProxyId, DeployedProxy>> partsThatDiffer(ProxyMap other) {
    if (parts.size() != other.parts.size()) {
      return parts.stream();
    }
    List<Map<ProxyId, DeployedProxy>> differ = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      if (parts.get(part) != other.parts.get(part)) {
        differ.add(parts.get(part));
      }
    }
    return differ.stream();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public @Nullable DeployedProxy get(Object id) {
    return parts.get(partOf(Objects.requireNonNull(id), parts.size())).get(id);
  }

  @Override
  public boolean containsKey(Object id) {
    return get(id) != null;
  }

  @Override
  public Set<Entry<ProxyId, DeployedProxy>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<ProxyId, DeployedProxy>> iterator() {
        return parts.stream().flatMap(part -> part.entrySet().stream()).iterator();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }
}
