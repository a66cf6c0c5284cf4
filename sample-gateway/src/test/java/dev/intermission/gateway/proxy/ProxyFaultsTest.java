package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.server.Fault;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** Faults of upstreams that no test can play on every machine. */
class ProxyFaultsTest {

  private static String fault(Throwable failure) {
    Fault fault = ProxyFaults.of(failure);
    return fault.status() + " " + fault.code();
  }

  @Test
  void failureIsToldByItsStatusAndCode() {
    assertThat(fault(new SocketTimeoutException("Connect Timeout")))
        .isEqualTo("504 UPSTREAM_CONNECT_TIMEOUT");
    assertThat(fault(new TimeoutException())).isEqualTo("504 UPSTREAM_TIMEOUT");
    assertThat(fault(new UnknownHostException("up"))).isEqualTo("502 UPSTREAM_UNREACHABLE");
    assertThat(fault(new SSLHandshakeException("no"))).isEqualTo("502 UPSTREAM_UNREACHABLE");
    assertThat(fault(new RejectedExecutionException())).isEqualTo("503 UPSTREAM_BUSY");
  }

  @Test
  void reasonForTheLogLeavesJettysStateOut() {
    assertThat(
            ProxyFaults.reason(
                new java.io.EOFException("oejcti.HttpConnectionOverHTTP@42d23a50::oeji.Socket[x]")))
        .isEqualTo("java.io.EOFException:");
    assertThat(ProxyFaults.reason(new UnknownHostException("up")))
        .isEqualTo("java.net.UnknownHostException: up");
  }
}
