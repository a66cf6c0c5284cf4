package dev.intermission.gateway.backends;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;

/** Vert.x, with its web router. */
final class VertxBackend implements RealBackend {

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  VertxBackend() throws Exception {
    Router router = Router.router(vertx);
    add(router, CLOSED, "/closed/*", "/api/v1/*");
    add(router, OPEN, "/open/*");
    add(router, OTHER, "/*");
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
  }

  private static void add(Router router, String answer, String... paths) {
    for (String path : paths) {
      router.route(path).handler(context -> context.response().end(answer));
    }
  }

  @Override
  public String name() {
    return "vertx";
  }

  @Override
  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
