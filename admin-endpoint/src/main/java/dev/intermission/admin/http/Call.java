package dev.intermission.admin.http;

import dev.intermission.api.AddressText;
import dev.intermission.api.ProxyId;
import dev.intermission.api.User;
import dev.intermission.api.store.Author;
import dev.intermission.json.Excerpt;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request, as a resource sees it. */
public final class Call {

  private final HttpServletRequest request;
  private final String correlationId;
  private final int bodyLimit;
  private Map<String, String> names = Map.of();
  private @Nullable User user;
  private boolean dryRun;

  public Call(HttpServletRequest request, String correlationId, int bodyLimit) {
    this.request = request;
    this.correlationId = correlationId;
    this.bodyLimit = bodyLimit;
  }

  /** Takes the names in the path. */
  public void at(Map<String, String> names) {
    this.names = names;
  }

  /** Takes the name of the user as soon as it is known. */
  public void by(User user) {
    this.user = user;
  }

  /** Notes that the call keeps nothing of what it does. */
  public void asDryRun() {
    dryRun = true;
  }

  public boolean isDryRun() {
    return dryRun;
  }

  public String method() {
    return request.getMethod();
  }

  /** Returns the path as the client sent it, without the query. */
  public String path() {
    return request.getRequestURI();
  }

  /** Returns the part of the path after the context path. */
  public String pathInContext() {
    String context = request.getContextPath();
    return path().startsWith(context) ? path().substring(context.length()) : path();
  }

  /** Returns the other end of the connection; {@code X-Forwarded-For} is not believed here. */
  public String address() {
    return AddressText.of(request.getRemoteAddr());
  }

  public String correlationId() {
    return correlationId;
  }

  /** Returns the user's name, or a dash as long as it is not known. */
  public String username() {
    return user == null ? "-" : user.name();
  }

  /** Returns whether the caller showed a valid token. */
  public boolean isOfKnownUser() {
    return user != null;
  }

  public Author author() {
    return new Author(username(), address(), correlationId);
  }

  /** Returns the name in the path at the place of this parameter. */
  public String name(String parameter) {
    String name = names.get(parameter);
    if (name == null) {
      throw new IllegalStateException("The path has no {" + parameter + "}");
    }
    return name;
  }

  public String project() {
    return name("project");
  }

  public String environment() {
    return name("environment");
  }

  /**
   * Returns the revision in the path.
   *
   * @throws Refusal if it is none
   */
  public long revision() {
    String name = name("revision");
    if (!name.matches("[1-9][0-9]{0,17}")) {
      throw Refusal.badRequest(
          "The revision is '" + Excerpt.of(name) + "'; allowed is a whole number from 1");
    }
    return Long.parseLong(name);
  }

  /**
   * Returns the query.
   *
   * @param parameters those that it may have
   * @throws Refusal if it has others, or can't be read
   */
  public Query query(String... parameters) {
    return Query.parse(request.getQueryString(), new LinkedHashSet<>(List.of(parameters)));
  }

  public ProxyId proxyId() {
    return new ProxyId(project(), name("proxy"));
  }

  /** Returns the values of a header field, one for each line. */
  public List<String> fields(String header) {
    return Collections.list(request.getHeaders(header));
  }

  /**
   * Reads the body, once.
   *
   * @throws Refusal if it is too large, in a content coding, or can't be read
   */
  public Body body() {
    return Body.read(request, bodyLimit);
  }

  /** Reads a body of at most this many bytes, or fewer if the general limit is lower. */
  public Body body(int limit) {
    return Body.read(request, Math.min(limit, bodyLimit));
  }
}
