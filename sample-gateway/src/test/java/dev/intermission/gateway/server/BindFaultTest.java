package dev.intermission.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import org.junit.jupiter.api.Test;

/** Why a port can't be bound, as an operator needs to know it. */
class BindFaultTest {

  /** An address that is kept for documentation (RFC 5737), which no machine has. */
  private static final String ELSEWHERE = "192.0.2.1";

  @Test
  void addressThatIsNotOnThisMachineIsNamed() {
    assertThat(
            BindFault.reason(
                ELSEWHERE, 8080, "--port", new BindException("Cannot assign requested address")))
        .isEqualTo(
            "no interface of this machine has the address 192.0.2.1. Give one that it has, or 0.0.0.0 for all, with --host");
    assertThat(
            BindFault.reason(
                ELSEWHERE, 9090, "--admin-port", new BindException("Cannot assign it")))
        .endsWith("with --admin-host");
  }

  @Test
  void portThatNeedsARightIsSaidToNeedIt() {
    assertThat(BindFault.reason("127.0.0.1", 443, "--port", new BindException("Permission denied")))
        .isEqualTo(
            "ports below 1024 need a right that this user has not. Give another port with --port, or the process the capability CAP_NET_BIND_SERVICE");
  }

  @Test
  void portInUseIsToldWithHowToFindWhoUsesIt() {
    assertThat(
            BindFault.reason(
                "127.0.0.1", 8080, "--port", new BindException("Address already in use")))
        .isEqualTo(
            "Address already in use. Find what uses it with 'ss -ltnp sport = :8080' and stop it, or give another port with --port");
  }
}
