package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the client of grpc-java makes of a closed API, whatever front is before the gate; the server
 * speaks HTTP/2 without TLS.
 */
public abstract class GrpcBehaviour extends FrontSetup {

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

  private ManagedChannel channel;

  @BeforeEach
  void connect() throws Exception {
    gate.publish(
        Proxies.snapshot(1, Proxies.closed("/shop.Orders", 403, "application/json", "{}")));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
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

  @Test
  void unaryCallIsUnavailable() throws Exception {
    for (int round = 0; round < 3; round++) {
      String request = "x".repeat(100 * round);
      assertUnavailable(
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingUnaryCall(
                      channel, method(MethodType.UNARY), options(), request)));
    }
  }

  @Test
  void streamOfResponsesIsUnavailable() throws Exception {
    assertUnavailable(
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingServerStreamingCall(
                        channel, method(MethodType.SERVER_STREAMING), options(), "x")
                    .next()));
  }

  @Test
  void streamOfRequestsIsUnavailableBeforeItEnds() throws Exception {
    Failure client = new Failure();
    ClientCalls.asyncClientStreamingCall(
            channel.newCall(method(MethodType.CLIENT_STREAMING), options()), client)
        .onNext("x");
    assertUnavailable(client.get());

    Failure both = new Failure();
    ClientCalls.asyncBidiStreamingCall(
            channel.newCall(method(MethodType.BIDI_STREAMING), options()), both)
        .onNext("x");
    assertUnavailable(both.get());
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
