package dev.intermission.gateway.server;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The threads that read and write connections. Where nothing behind the listener blocks, whoever
 * ends a response also looks for the connection's next request, instead of waking a thread for it:
 * for a request that waits for an upstream, this is half of the wake-ups.
 */
final class ConnectionThreads extends QueuedThreadPool {

  private final Server server;

  ConnectionThreads(Server server, int most, int least) {
    super(most, least);
    this.server = server;
  }

  @Override
  public void execute(Runnable task) {
    if (task instanceof Connection
        && server.getInvocationType() == Invocable.InvocationType.NON_BLOCKING) {
      task.run();
    } else {
      super.execute(task);
    }
  }
}
