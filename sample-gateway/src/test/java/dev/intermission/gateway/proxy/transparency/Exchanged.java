package dev.intermission.gateway.proxy.transparency;

/**
 * A request that a client sends, and the response that its upstream gives.
 *
 * @param isExpecting whether the client waits for a 100 before it sends the body
 */
record Exchanged(Message request, boolean isExpecting, Message response) {

  /** Returns whether a body follows the head of the response, if it tells of one. */
  boolean mayHaveBody() {
    String status = response.first().get(0);
    return !request.first().get(0).equals("HEAD") && !status.equals("204") && !status.equals("304");
  }
}
