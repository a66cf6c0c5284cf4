package dev.intermission.gateway.proxy.transparency;

import java.util.List;

/**
 * A message with its body.
 *
 * @param first method and target, or status and reason
 * @param fields those of its head
 * @param framing how its body is told, where the protocol is HTTP/1.1
 * @param body its bytes, each as one character
 * @param trailers the fields behind the body
 */
record Message(
    List<String> first, List<Field> fields, Framing framing, String body, List<Field> trailers) {

  Message withoutBody() {
    return new Message(first, fields, framing, "", List.of());
  }

  @Override
  public String toString() {
    return first
        + "\n"
        + fields
        + "\n"
        + framing
        + " "
        + body.length()
        + " bytes, hash "
        + body.hashCode()
        + "\n"
        + trailers;
  }
}
