package dev.intermission.gateway.proxy.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Certificates;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.RunningTraffic;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.TlsConfig;
import dev.intermission.gateway.server.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an upstream gets is what the client sent, and the other way round: method, target, fields
 * and body, less what is for one connection, and with what a gateway adds.
 */
class TransparencyTest {

  private static final long SEED = 20261126;

  /** Fields that a gateway adds to a request, or has its say in. */
  private static final List<String> OF_A_REQUEST =
      List.of(
          "Host",
          "Via",
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Proto",
          "X-Correlation-Id",
          "APINIZER-CORRELATION-ID",
          "Transfer-Encoding");

  /** Fields that say how a response comes, and the time that a gateway adds. */
  private static final List<String> OF_A_RESPONSE =
      List.of("Date", "Transfer-Encoding", "Connection");

  private static final List<String> HOP_BY_HOP = List.of("Connection", "Keep-Alive", "X-Hop");

  /** What a client speaks. */
  enum Protocol {
    HTTP11,
    H2C,
    H2
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void someMessagesArriveAsTheyWereSent(Protocol protocol, @TempDir Path folder) throws Exception {
    exchange(protocol, folder, SEED, 70);
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(Protocol.class)
  void manyMessagesArriveAsTheyWereSent(Protocol protocol, @TempDir Path folder) throws Exception {
    exchange(protocol, folder, SEED + 1, 600);
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @EnumSource(Protocol.class)
  void messagesArriveAsTheyWereSent(Protocol protocol, @TempDir Path folder) throws Exception {
    exchange(protocol, folder, SEED + 2, 6_700);
  }

  private static void exchange(Protocol protocol, Path folder, long seed, int count)
      throws Exception {
    boolean isHttp2 = protocol != Protocol.HTTP11;
    Generator generator = new Generator(seed);
    TlsConfig tls = protocol == Protocol.H2 ? Certificates.selfSigned(folder, "EC") : null;
    try (RecordingUpstream upstream = new RecordingUpstream(generator.next(isHttp2));
        RunningTraffic gateway = start(upstream, tls);
        Caller caller = caller(protocol, gateway.port(), tls)) {
      for (int i = 0; i < count; i++) {
        Exchanged exchanged = generator.next(isHttp2);
        String which = "seed " + seed + ", exchange " + i + " by " + protocol + ": " + exchanged;
        upstream.expect(exchanged);
        Message answer;
        try {
          answer = caller.call(exchanged);
        } catch (IOException | RuntimeException e) {
          throw new AssertionError(which, e);
        }
        assertThat(seen(upstream.request(), isHttp2)).as(which).isEqualTo(sent(exchanged, isHttp2));
        assertThat(received(answer, exchanged, isHttp2))
            .as(which)
            .isEqualTo(answered(exchanged, isHttp2));
      }
    }
    System.err.println("seed " + seed + ": " + count + " exchanges by " + protocol);
  }

  private static RunningTraffic start(RecordingUpstream upstream, @Nullable TlsConfig tls)
      throws Exception {
    GatewayConfig config =
        RunningGateway.config(
            Path.of("unused"),
            RunningGateway.proxy("A", "/api", "http://127.0.0.1:" + upstream.port()));
    ListenerConfig defaults = ListenerConfig.TRAFFIC;
    return RunningTraffic.start(
        RunningGateway.with(
            config,
            traffic ->
                new ListenerConfig(
                    "127.0.0.1",
                    0,
                    100,
                    defaults.maxHeaderBytes(),
                    defaults.idleTimeout(),
                    defaults.receiveTimeout(),
                    true,
                    tls),
            admin -> admin,
            to -> to));
  }

  private static Caller caller(Protocol protocol, int port, @Nullable TlsConfig tls) {
    return switch (protocol) {
      case HTTP11 -> new Http1Caller(port);
      case H2C -> new Http2Caller("http", () -> new Socket(InetAddress.getLoopbackAddress(), port));
      case H2 -> {
        SSLContext trusting = Pem.trusting(Objects.requireNonNull(tls).certificate());
        yield new Http2Caller("https", () -> overTls(trusting, port));
      }
    };
  }

  private static Socket overTls(SSLContext trusting, int port) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** Returns what the upstream should get of a request. */
  private static Message sent(Exchanged exchanged, boolean isHttp2) {
    Message request = exchanged.request();
    String target = request.first().get(1);
    return comparable(
        List.of(request.first().get(0), target.startsWith("/") ? target : "/" + target),
        joined(withLength(Field.without(request.fields(), HOP_BY_HOP), request)),
        request,
        true,
        isHttp2);
  }

  /** Returns what the upstream got, in the same form. */
  private static Message seen(Message request, boolean isHttp2) {
    return comparable(
        request.first().subList(0, 2),
        joined(Field.without(request.fields(), OF_A_REQUEST)),
        request,
        true,
        isHttp2);
  }

  /** Returns what the client should get of a response. */
  private static Message answered(Exchanged exchanged, boolean isHttp2) {
    Message response = exchanged.response();
    boolean mayHaveBody = exchanged.mayHaveBody();
    return comparable(
        isHttp2 ? response.first().subList(0, 1) : response.first(),
        withLength(Field.without(response.fields(), HOP_BY_HOP), response),
        mayHaveBody ? response : response.withoutBody(),
        mayHaveBody,
        isHttp2);
  }

  /**
   * Returns what the client got, in the same form. Where the upstream told no length, the gateway
   * may tell HTTP/2 that of a body that it has to the end.
   */
  private static Message received(Message response, Exchanged exchanged, boolean isHttp2) {
    List<Field> fields = Field.without(response.fields(), OF_A_RESPONSE);
    boolean mayTellLength =
        isHttp2
            && exchanged.mayHaveBody()
            && exchanged.response().framing() != Framing.LENGTH
            && Field.values(fields, "Content-Length")
                .contains(String.valueOf(response.body().length()));
    return comparable(
        response.first(),
        mayTellLength ? Field.without(fields, List.of("Content-Length")) : fields,
        response,
        exchanged.mayHaveBody(),
        isHttp2);
  }

  /**
   * Returns a message in the form in which two are compared: the length is behind the other fields,
   * a body without a length is chunked, and a body that is empty may be told in any way.
   */
  private static Message comparable(
      List<String> first,
      List<Field> fields,
      Message message,
      boolean mayHaveBody,
      boolean isHttp2) {
    List<Field> ordered = new ArrayList<>(Field.without(fields, List.of("Content-Length")));
    List<String> lengths = Field.values(fields, "Content-Length");
    Framing framing = lengths.isEmpty() ? Framing.CHUNKED : Framing.LENGTH;
    if (message.body().isEmpty() && message.trailers().isEmpty() && mayHaveBody) {
      framing = Framing.NONE;
    } else {
      lengths.forEach(length -> ordered.add(new Field("Content-Length", length)));
    }
    return new Message(
        first,
        isHttp2 ? ordered.stream().map(Field::lowerCase).toList() : ordered,
        framing,
        message.body(),
        isHttp2 ? message.trailers().stream().map(Field::lowerCase).toList() : message.trailers());
  }

  /** Returns the fields of a message with its length, where it has one. */
  private static List<Field> withLength(List<Field> fields, Message of) {
    List<Field> all = new ArrayList<>(fields);
    if (of.framing() == Framing.LENGTH) {
      all.add(new Field("Content-Length", String.valueOf(of.body().length())));
    }
    return all;
  }

  /** Returns the fields with all cookies in one, behind the others. */
  private static List<Field> joined(List<Field> fields) {
    List<Field> joined = new ArrayList<>(Field.without(fields, List.of("Cookie")));
    List<String> cookies = Field.values(fields, "Cookie");
    if (!cookies.isEmpty()) {
      joined.add(new Field("Cookie", String.join("; ", cookies)));
    }
    return joined;
  }
}
