package dev.intermission.filter;

import dev.intermission.api.GatewayHost;
import dev.intermission.api.GatewayPlugin;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.gate.FrontOptions;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import jakarta.servlet.Filter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The maintenance gate as a plugin of a host gateway. Its fronts: {@link Filter} for a servlet
 * container, {@link Gate} for a host that has its own front.
 */
public final class MaintenancePlugin implements GatewayPlugin {

  private final Gate gate;
  private final MaintenanceFilter filter;
  private SnapshotFeed.@Nullable Subscription subscription;

  /** Makes a plugin with {@link GateOptions#FOR_FEED}. */
  public MaintenancePlugin() {
    this(GateOptions.FOR_FEED);
  }

  /** Makes a plugin whose gate has these options. */
  public MaintenancePlugin(GateOptions options) {
    this(options, FrontOptions.DEFAULTS);
  }

  /** Makes a plugin whose gate and filter have these options. */
  public MaintenancePlugin(GateOptions options, FrontOptions front) {
    gate = new Gate(options);
    filter = new MaintenanceFilter(gate, front);
  }

  @Override
  public String name() {
    return "maintenance";
  }

  @Override
  public void start(GatewayHost host) {
    if (subscription != null) {
      throw new IllegalStateException("The plugin 'maintenance' was started already");
    }
    subscription = host.feed().follow(host.environment(), gate::publish, gate);
  }

  @Override
  public <T> Optional<T> front(Class<T> type) {
    if (type == Filter.class) {
      return Optional.of(type.cast(filter));
    }
    return type == Gate.class ? Optional.of(type.cast(gate)) : Optional.empty();
  }

  @Override
  public void close() {
    if (subscription != null) {
      subscription.close();
    }
    gate.close();
  }
}
