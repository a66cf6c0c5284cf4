package dev.intermission.gateway.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.server.JsonResource;
import dev.intermission.gateway.server.Servers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A small upstream on a free port of the loopback interface. It answers every request with 200 and
 * a JSON of the method and path that it saw, and counts them.
 */
public final class DemoUpstream implements AutoCloseable {

  private static final String OTHER = "other";

  private final List<String> prefixes;
  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final Server server;
  private final ServerConnector connector;

  /** Starts an upstream that counts the requests below each of these paths separately. */
  public DemoUpstream(List<String> prefixes) throws Exception {
    this.prefixes = List.copyOf(prefixes);
    prefixes.forEach(prefix -> requests.put(prefix, new LongAdder()));
    requests.put(OTHER, new LongAdder());
    QueuedThreadPool pool = new QueuedThreadPool(8, 2);
    pool.setName("demo-upstream");
    server = new Server(pool);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setUriCompliance(UriCompliance.UNSAFE);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Echo());
    server.start();
  }

  /** Returns its address, with this path. */
  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
  }

  /** Returns the handler that answers the counts at {@code /demo/requests}. */
  public Handler requests() {
    return new JsonResource(
        "/demo/requests", () -> new JsonResource.State(HttpStatus.OK_200, counts()));
  }

  private ObjectNode counts() {
    ObjectNode byPath = JsonNodeFactory.instance.objectNode();
    long total = 0;
    for (String prefix : prefixes) {
      long count = count(prefix).sum();
      byPath.put(prefix, count);
      total += count;
    }
    ObjectNode counts = JsonNodeFactory.instance.objectNode();
    counts.put("total", total + count(OTHER).sum());
    counts.set("byPath", byPath);
    return counts;
  }

  private LongAdder count(String prefix) {
    return requests.getOrDefault(prefix, new LongAdder());
  }

  private String prefixOf(String path) {
    return prefixes.stream()
        .filter(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"))
        .findFirst()
        .orElse(OTHER);
  }

  @Override
  public void close() {
    Servers.stop(server);
  }

  private final class Echo extends Handler.Abstract.NonBlocking {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String path = request.getHttpURI().getPath();
      count(prefixOf(path)).increment();
      ObjectNode seen =
          JsonNodeFactory.instance
              .objectNode()
              .put("upstream", "demo")
              .put("method", request.getMethod())
              .put("path", path);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.write(true, BufferUtil.toBuffer(seen + "\n", StandardCharsets.UTF_8), callback);
      return true;
    }
  }
}
