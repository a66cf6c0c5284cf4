package dev.intermission.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.GatewayHost;
import dev.intermission.api.GatewayPlugin;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.gate.Gate;
import dev.intermission.gate.Proxies;
import dev.intermission.gate.Wire;
import jakarta.servlet.Filter;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The filter of the plugin that a host gateway finds by ServiceLoader. */
class PluginFilterTest {

  private final TestFeed feed = new TestFeed();

  private GatewayPlugin startedPlugin() {
    GatewayPlugin plugin = ServiceLoader.load(GatewayPlugin.class).findFirst().orElseThrow();
    plugin.start(
        new GatewayHost() {
          @Override
          public String environment() {
            return "production";
          }

          @Override
          public SnapshotFeed feed() {
            return feed;
          }
        });
    return plugin;
  }

  @Test
  void pluginFoundByServiceLoaderServesWhatTheFeedDelivers() throws Exception {
    try (GatewayPlugin plugin = startedPlugin()) {
      assertThat(plugin.name()).isEqualTo("maintenance");
      JettyServer server =
          JettyServer.of(plugin.front(Filter.class).orElseThrow(), new AtomicInteger());
      try {
        assertThat(Wire.get(server.port(), "/other").status()).isEqualTo(503);
        feed.deliver(Proxies.snapshot(1, Proxies.closed("/api/v1")));
        assertThat(Wire.get(server.port(), "/api/v1").text()).isEqualTo("/api/v1");
        assertThat(Wire.get(server.port(), "/other").text()).isEqualTo("open");
      } finally {
        server.stop();
      }
    }
    assertThat(feed.isFollowed()).isFalse();
  }

  @Test
  void pluginGivesItsGateAndNothingElse() {
    try (GatewayPlugin plugin = startedPlugin()) {
      feed.deliver(Proxies.snapshot(3));
      assertThat(plugin.front(Gate.class).orElseThrow().servedVersion()).isEqualTo(3);
      assertThat(plugin.front(String.class)).isEmpty();
    }
  }

  @Test
  void pluginStartsOnce() {
    try (GatewayPlugin plugin = startedPlugin()) {
      assertThatThrownBy(
              () ->
                  plugin.start(
                      new GatewayHost() {
                        @Override
                        public String environment() {
                          return "staging";
                        }

                        @Override
                        public SnapshotFeed feed() {
                          return feed;
                        }
                      }))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
