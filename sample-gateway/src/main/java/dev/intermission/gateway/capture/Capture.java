package dev.intermission.gateway.capture;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.RoutingAddress;
import dev.intermission.trafficlog.capture.BodyCapture;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * What the reverse proxy tells of a request while it is served, whether anybody wants to know it or
 * not. Thread-safe: the client's side and the upstream's have threads of their own.
 */
public interface Capture {

  /** Of a request that nobody wants to know. */
  Capture NONE = new Capture() {};

  /** The attribute of a request that holds its capture. */
  String ATTRIBUTE = "dev.intermission.capture";

  /** Notes what its upstream and its response are told of it. */
  default void identified(String id) {}

  /** Says which API it is for as it is sent there, or null for none. */
  default void routed(@Nullable DeployedProxy proxy) {}

  /** Says that it was answered since its API is closed. */
  default void blocked() {}

  /** Says what went wrong, by its code. Only the first call has an effect. */
  default void failed(String code) {}

  /**
   * Says that it goes to an upstream.
   *
   * @param path the path of its API
   * @param target the path at the address, as it goes out
   */
  default void forwarded(String path, RoutingAddress address, String target) {}

  /** Returns what keeps the body that goes to the upstream, or null if nobody wants it. */
  default @Nullable BodyCapture toTarget() {
    return null;
  }

  /**
   * Takes what goes to the upstream, as the request begins to go out.
   *
   * @param query as it goes out, or null
   */
  default void sent(HttpFields fields, @Nullable String query) {}

  /** Says that the head of the request has gone out. */
  default void committed() {}

  /** Takes the head of the upstream's response, be it of use or not. */
  default void answered(int status, HttpFields fields) {}

  /** Returns the body of the upstream's response, which is kept as it is read if it is wanted. */
  default Content.Source fromTarget(Content.Source source) {
    return source;
  }

  /** Says that the upstream's response is there to its end, or that it has failed. */
  default void received() {}
}
