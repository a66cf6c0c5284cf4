package dev.intermission.gateway.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Looks up the names of upstreams. Each name has a thread of its own while it is looked up, and all
 * requests that need it wait for the same result: a name server that does not answer holds up the
 * APIs with its names, and no others. Jetty tries the addresses of a name one after the other.
 */
final class Names extends AbstractLifeCycle implements SocketAddressResolver {

  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+");

  /** How the addresses of a name are found. */
  @FunctionalInterface
  interface Lookup {

    /** Returns all addresses of the name, those to be tried first in front. */
    InetAddress[] addresses(String name) throws UnknownHostException;
  }

  private final Lookup lookup;
  private final LongSupplier longestMillis;
  private final ConcurrentHashMap<String, CompletableFuture<InetAddress[]>> pending =
      new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool(Names::thread);

  /**
   * Makes a resolver.
   *
   * @param longestMillis how long a request waits for the addresses of a name
   */
  Names(Lookup lookup, LongSupplier longestMillis) {
    this.lookup = lookup;
    this.longestMillis = longestMillis;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "upstream-names");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the promise tells how it ended
  public void resolve(
      String host,
      int port,
      Map<String, Object> context,
      Promise<List<InetSocketAddress>> promise) {
    CompletableFuture<InetAddress[]> found =
        ADDRESS.matcher(host).matches() ? found(host) : pending.computeIfAbsent(host, this::begin);
    found
        .copy()
        .orTimeout(longestMillis.getAsLong(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (addresses, failure) -> {
              if (failure == null) {
                promise.succeeded(
                    Stream.of(addresses)
                        .map(address -> new InetSocketAddress(address, port))
                        .toList());
              } else {
                promise.failed(reason(host, failure));
              }
            });
  }

  private CompletableFuture<InetAddress[]> begin(String host) {
    CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
    threads.execute(
        () -> {
          find(host, found);
          pending.remove(host, found);
        });
    return found;
  }

  private CompletableFuture<InetAddress[]> found(String host) {
    CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
    find(host, found);
    return found;
  }

  private void find(String host, CompletableFuture<InetAddress[]> found) {
    try {
      found.complete(lookup.addresses(host));
    } catch (UnknownHostException | RuntimeException | Error e) {
      found.completeExceptionally(e);
    }
  }

  private static Throwable reason(String host, Throwable failure) {
    if (failure instanceof TimeoutException) {
      return new SocketTimeoutException("The name " + host + " was not found in time");
    }
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  @Override
  protected void doStop() {
    threads.shutdownNow();
  }
}
