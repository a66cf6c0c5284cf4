package dev.intermission.filter;

import dev.intermission.api.BypassToken;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.gate.Answer;
import dev.intermission.gate.Counted;
import dev.intermission.gate.Decision;
import dev.intermission.gate.DecisionListener;
import dev.intermission.gate.FrontCount;
import dev.intermission.gate.FrontOptions;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.InFlight;
import dev.intermission.gate.Passage;
import dev.intermission.gate.ServedSnapshot;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests to proxies in maintenance, and passes on all others. Map it to {@code /*},
 * before every filter that may have an effect outside, with async support. It matches the path of
 * the whole request target, context path included, and acts on the first dispatch of a request
 * only: forwards, includes, errors and async dispatches belong to a request that has passed.
 *
 * <p>What is behind it does not see the field {@link BypassToken#HEADER} as long as any proxy has
 * such a token. A request that is let in although its API is closed has the attribute {@link
 * Passage#ATTRIBUTE}, and no cache may keep the response to one that is let in for its client.
 *
 * <p>Constructed with a {@link Gate}, it serves what is published there. If it is named in a {@code
 * web.xml}, it has a gate of its own that follows the {@link SnapshotFeed} in the servlet context
 * attribute {@value #FEED} (the listener {@code dev.intermission.feed.node.RemoteFeedListener} puts
 * one there), with the init parameters {@value #ENVIRONMENT} (required), {@value
 * #ANSWER_CACHE_BYTES}, {@value #BEFORE_FIRST_SNAPSHOT}, {@value #TRUSTED_PROXIES} and {@value
 * #COUNTS_IN_FLIGHT} (optional, see {@link GateOptions#FOR_FEED}).
 */
public final class MaintenanceFilter implements Filter {

  /** The servlet context attribute that holds the {@link SnapshotFeed}. */
  public static final String FEED = "dev.intermission.api.SnapshotFeed";

  /** The init parameter that names the environment to serve. */
  public static final String ENVIRONMENT = "environment";

  /** The init parameter for {@link GateOptions#answerCacheBytes()}. */
  public static final String ANSWER_CACHE_BYTES = "answerCacheBytes";

  /**
   * The init parameter for {@link GateOptions#beforeFirstSnapshot()}: {@code refuse} (the default)
   * or {@code pass}.
   */
  public static final String BEFORE_FIRST_SNAPSHOT = "beforeFirstSnapshot";

  /**
   * The init parameter for {@link GateOptions#trustedProxies()}: addresses and blocks of addresses,
   * with commas between them.
   */
  public static final String TRUSTED_PROXIES = "trustedProxies";

  /**
   * The init parameter for {@link FrontOptions#countsInFlight()}: {@code true} or {@code false}
   * (the default).
   */
  public static final String COUNTS_IN_FLIGHT = "countsInFlight";

  private final AnswerWriter writer = new AnswerWriter(Container.ofThisClass());
  private FrontOptions options;
  private @Nullable Gate gate;
  private SnapshotFeed.@Nullable Subscription subscription;
  private @Nullable Gate own;

  /** Makes a filter that serves what is published to the gate. */
  public MaintenanceFilter(Gate gate) {
    this(gate, FrontOptions.DEFAULTS);
  }

  /**
   * Makes a filter with these options. After an upgrade of a connection it is not known any more
   * what is in flight.
   */
  public MaintenanceFilter(Gate gate, FrontOptions options) {
    this.options = options;
    this.gate = counting(gate);
  }

  /** Makes a filter that takes its parameters in {@link #init}; for a servlet container. */
  public MaintenanceFilter() {
    options = FrontOptions.DEFAULTS;
  }

  private Gate counting(Gate counted) {
    FrontCount.begin(counted, options);
    return counted;
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    if (gate != null) {
      return;
    }
    String environment = config.getInitParameter(ENVIRONMENT);
    if (environment == null || environment.isBlank()) {
      throw new ServletException(
          config.getFilterName()
              + " needs the init parameter '"
              + ENVIRONMENT
              + "', the name of the environment to serve");
    }
    if (!(config.getServletContext().getAttribute(FEED) instanceof SnapshotFeed feed)) {
      throw new ServletException(
          config.getFilterName()
              + " needs a SnapshotFeed in the servlet context attribute '"
              + FEED
              + "'");
    }
    options = FilterOptions.front(config);
    Gate following = counting(new Gate(FilterOptions.of(config)));
    subscription = feed.follow(environment, following::publish, following);
    gate = following;
    own = following;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.REQUEST
        && request instanceof HttpServletRequest httpRequest
        && response instanceof HttpServletResponse httpResponse) {
      doFilter(httpRequest, httpResponse, chain);
      return;
    }
    chain.doFilter(request, response);
  }

  private void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Gate asked = gate();
    String path = request.getRequestURI();
    ServletRequestHead head = new ServletRequestHead(request);
    if (!options.countsInFlight()) {
      ServedSnapshot snapshot = asked.current();
      String host = snapshot.hasHosts() ? host(request) : null;
      act(snapshot, snapshot.decide(host, path, head), head, request, response, chain);
      return;
    }
    Counted counted = Counted.decide(asked, host(request), path, head);
    try {
      act(counted.snapshot(), counted.decision(), head, request, response, chain);
    } finally {
      if (counted.entry() != null) {
        leaveWhenOver(asked, counted.entry(), request, response);
      }
    }
  }

  private static void leaveWhenOver(
      Gate gate, InFlight.Entry entry, HttpServletRequest request, HttpServletResponse response) {
    if (!InFlightListener.leavesLater(entry, request)) {
      FrontCount.leave(gate, entry, request.getMethod(), response.getStatus());
    }
  }

  private void act(
      ServedSnapshot snapshot,
      Decision decision,
      ServletRequestHead head,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (options.tellsDecisions()) {
      DecisionListener.tell(request.getAttribute(DecisionListener.ATTRIBUTE), snapshot, decision);
    }
    Answer answer = decision.answer();
    if (answer != null) {
      writer.write(answer, head, response);
      return;
    }
    if (decision.passage() != Passage.OPEN) {
      request.setAttribute(Passage.ATTRIBUTE, decision.passage());
      request.setAttribute(ServedSnapshot.ATTRIBUTE, snapshot);
    }
    boolean hidesToken =
        snapshot.hasBypassTokens() && request.getHeader(BypassToken.HEADER) != null;
    letIn(decision.passage(), hidesToken, request, response, chain);
  }

  private static void letIn(
      Passage passage,
      boolean hidesToken,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse passed =
        passage.isForOneClient() ? new NoStoreResponse(response) : response;
    boolean wraps = hidesToken || passed != response;
    chain.doFilter(wraps ? new PassingRequest(request, passed, hidesToken) : request, passed);
  }

  private Gate gate() {
    if (gate == null) {
      throw new IllegalStateException("The container has not called init on the filter");
    }
    return gate;
  }

  /**
   * Returns the host that a request is for. Some containers return their own address for an HTTP/2
   * request without {@code :authority}; then the Host field counts (RFC 9113 section 8.3.1).
   */
  private static String host(HttpServletRequest request) {
    String name = request.getServerName();
    if (!request.getProtocol().equals("HTTP/2.0")) {
      return name;
    }
    String field = request.getHeader("Host");
    boolean own = name.equals(request.getLocalAddr()) || name.equals(request.getLocalName());
    if (!own || field == null) {
      return name;
    }
    int colon = field.lastIndexOf(':');
    return colon > field.lastIndexOf(']') ? field.substring(0, colon) : field;
  }

  @Override
  public void destroy() {
    if (subscription != null) {
      subscription.close();
    }
    if (own != null) {
      own.close();
    }
  }
}
