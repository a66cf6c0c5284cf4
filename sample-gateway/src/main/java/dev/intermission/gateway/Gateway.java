package dev.intermission.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.intermission.admin.access.AccessTokens;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.server.JsonResource;
import dev.intermission.gateway.server.Listener;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;

/** A running gateway: the one place where all parts are put together. */
public final class Gateway implements AutoCloseable {

  private final Opened opened = new Opened();
  private final Listener traffic;
  private final Listener admin;
  private final AdminSide adminSide;
  private final TrafficSide trafficSide;

  /**
   * Starts a gateway. It answers when this returns, and serves its proxies from {@link #awaitReady}
   * on.
   *
   * @param beside answer on the management port without a token, before the management API
   * @throws dev.intermission.gateway.server.ListenException if a port can't be had; nothing else
   *     was touched then
   * @throws dev.intermission.store.StoreException if the data folder or the store can't be used
   */
  public Gateway(GatewayConfig config, Handler... beside) throws Exception {
    try {
      traffic = Listener.traffic(config.traffic(), config.shutdownTimeout());
      opened.add(traffic::close);
      admin = Listener.admin(config.admin(), config.shutdownTimeout());
      opened.add(admin::close);
      String node = "local:" + traffic.port();
      adminSide = new AdminSide(config, node, Clock.systemUTC());
      opened.add(adminSide::close);
      trafficSide = new TrafficSide(config, adminSide.feed());
      opened.add(trafficSide::close);

      List<Handler> onAdmin = new ArrayList<>(List.of(healthz(), readyz(config.environment())));
      onAdmin.addAll(List.of(beside));
      onAdmin.add(adminSide.handler());
      // Once more, so that requests in flight finish before what they need is closed.
      opened.add(admin::close);
      admin.start(new Handler.Sequence(onAdmin));
      opened.add(traffic::close);
      traffic.start(trafficSide.handler());
    } catch (Exception | Error e) {
      opened.closeAfter(e);
      throw e;
    }
  }

  private static Handler healthz() {
    JsonResource.State up =
        new JsonResource.State(
            HttpStatus.OK_200, JsonNodeFactory.instance.objectNode().put("status", "up"));
    return new JsonResource("/healthz", () -> up);
  }

  private Handler readyz(String environment) {
    return new JsonResource(
        "/readyz",
        () -> {
          boolean ready = trafficSide.ready();
          return new JsonResource.State(
              ready ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503,
              JsonNodeFactory.instance
                  .objectNode()
                  .put("status", ready ? "ready" : "starting")
                  .put("environment", environment)
                  .put("servedVersion", trafficSide.servedVersion()));
        });
  }

  /** Waits until the first snapshot is served. */
  public void awaitReady() throws InterruptedException {
    trafficSide.awaitReady();
  }

  /** Returns the tokens of this gateway. */
  public AccessTokens tokens() {
    return adminSide.tokens();
  }

  /** Returns the listener of clients. */
  public Listener traffic() {
    return traffic;
  }

  /** Returns the listener of operators. */
  public Listener admin() {
    return admin;
  }

  /**
   * Stops: accepts no more connections, lets requests in flight finish, and then closes the store.
   */
  @Override
  public void close() {
    opened.close();
  }
}
