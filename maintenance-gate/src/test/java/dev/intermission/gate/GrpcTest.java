package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/grpc",
        "Application/GRPC",
        "application/grpc+proto",
        "application/grpc+json; x=y",
        "application/grpc;charset=utf-8",
        "application/grpc ; a=b"
      })
  void callHasTheTypeOfGrpc(String type) {
    assertThat(Grpc.isCall(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "application/grp",
        "application/grpc-web",
        "application/grpc-web+proto",
        "application/grpc-web-text",
        "application/grpcx",
        "application/json",
        "text/application/grpc"
      })
  void othersAreNoCalls(String type) {
    assertThat(Grpc.isCall(type)).isFalse();
    assertThat(Grpc.isCall(null)).isFalse();
  }

  @Test
  void messageIsPercentEncoded() {
    assertThat(Grpc.message("API is under maintenance")).isEqualTo("API is under maintenance");
    assertThat(Grpc.message("100%\r\n zur\u00fcck ~\u007f"))
        .isEqualTo("100%25%0D%0A zur%C3%BCck ~%7F");
  }
}
