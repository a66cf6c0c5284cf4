package dev.intermission.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.intermission.filter.MaintenanceFilter;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.Proxies;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import jakarta.servlet.DispatcherType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client of grpc-java makes of a closed API, by the handler and by the filter. */
class GrpcClientTest {

  private static final MethodDescriptor.Marshaller<String> TEXT =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(String value) {
          return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
          throw new IllegalStateException("A closed API has no messages");
        }
      };

  /** A client of a server with one closed service. */
  private record Setup(JettyServer server, ManagedChannel channel) implements AutoCloseable {

    static Setup behind(String front) throws Exception {
      Gate gate = new Gate(GateOptions.DEFAULTS);
      gate.publish(
          Proxies.snapshot(1, Proxies.closed("/shop.Orders", 403, "application/json", "{}")));
      JettyServer server =
          front.equals("handler")
              ? new JettyServer(gate, new EchoHandler())
              : new JettyServer(new Gate(GateOptions.DEFAULTS), filtered(gate));
      return new Setup(
          server,
          NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build());
    }

    private static ServletContextHandler filtered(Gate gate) {
      ServletContextHandler context = new ServletContextHandler("/");
      FilterHolder filter = new FilterHolder(new MaintenanceFilter(gate));
      filter.setAsyncSupported(true);
      context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
      return context;
    }

    @Override
    public void close() {
      channel.shutdownNow();
      server.end();
    }
  }

  private static MethodDescriptor<String, String> method(MethodType type) {
    return MethodDescriptor.newBuilder(TEXT, TEXT)
        .setType(type)
        .setFullMethodName("shop.Orders/" + type)
        .build();
  }

  private static void assertUnavailable(Throwable failure) {
    assertThat(failure).isInstanceOf(StatusRuntimeException.class);
    Status status = Status.fromThrowable(failure);
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription()).isEqualTo("API is under maintenance");
  }

  @ParameterizedTest
  @ValueSource(strings = {"handler", "filter"})
  void unaryCallIsUnavailable(String front) throws Exception {
    try (Setup setup = Setup.behind(front)) {
      for (int round = 0; round < 3; round++) {
        String request = "x".repeat(100 * round);
        assertUnavailable(
            catchThrowableOfType(
                StatusRuntimeException.class,
                () ->
                    ClientCalls.blockingUnaryCall(
                        setup.channel(), method(MethodType.UNARY), options(), request)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"handler", "filter"})
  void streamOfResponsesIsUnavailable(String front) throws Exception {
    try (Setup setup = Setup.behind(front)) {
      assertUnavailable(
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingServerStreamingCall(
                          setup.channel(), method(MethodType.SERVER_STREAMING), options(), "x")
                      .next()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"handler", "filter"})
  void streamOfRequestsIsUnavailableBeforeItEnds(String front) throws Exception {
    try (Setup setup = Setup.behind(front)) {
      Failure client = new Failure();
      ClientCalls.asyncClientStreamingCall(
              setup.channel().newCall(method(MethodType.CLIENT_STREAMING), options()), client)
          .onNext("x");
      assertUnavailable(client.get());

      Failure both = new Failure();
      ClientCalls.asyncBidiStreamingCall(
              setup.channel().newCall(method(MethodType.BIDI_STREAMING), options()), both)
          .onNext("x");
      assertUnavailable(both.get());
    }
  }

  private static CallOptions options() {
    return CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  /** How a call ends. */
  private static final class Failure implements StreamObserver<String> {

    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    Throwable get() throws Exception {
      return failure.get(40, TimeUnit.SECONDS);
    }

    @Override
    public void onNext(String message) {
      onError(new AssertionError("got a message"));
    }

    @Override
    public void onError(Throwable t) {
      failure.complete(t);
    }

    @Override
    public void onCompleted() {
      onError(new AssertionError("completed"));
    }
  }
}
