package dev.intermission.gateway.command;

import dev.intermission.admin.access.AccessTokens;
import dev.intermission.gateway.Gateway;
import dev.intermission.gateway.StartTokens;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.demo.DemoConfig;
import dev.intermission.gateway.demo.DemoUpstream;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a gateway with a real upstream that needs no preparation. */
@Command(
    name = "demo",
    sortOptions = false,
    description = "Runs a gateway with a demo upstream, and prints commands to try.")
final class Demo implements Callable<Integer> {

  private final Terminal terminal;
  private final Variables variables;

  @Spec CommandSpec spec = CommandSpec.create();

  Demo(Terminal terminal, Variables variables) {
    this.terminal = terminal;
    this.variables = variables;
  }

  @Override
  public Integer call() throws Exception {
    variables.warnOfServiceLinks();
    String given = variables.secrets().adminToken();
    try (DemoUpstream upstream = new DemoUpstream(DemoConfig.paths())) {
      GatewayConfig config =
          DemoConfig.of(upstream::address, KeyOptions.given(spec.commandLine().getParseResult()));
      // A new token replaces that of the last start, so that tokens do not accumulate.
      String token = given == null ? AccessTokens.newSecret() : given;
      try (Gateway gateway =
          Gateway.start(config, new StartTokens(token, null), upstream.requests())) {
        DemoContext.write(variables.all(), URI.create(gateway.admin().url()), token, terminal);
        terminal.print(
            DemoText.of(
                gateway.traffic().url(),
                gateway.admin().url(),
                config.environment(),
                given == null ? token : null));
        return new Running(gateway, terminal).untilStopped();
      }
    }
  }

  /** The text that the demo prints when it starts. */
  private static final class DemoText {

    private DemoText() {}

    static String of(String traffic, String admin, String environment, @Nullable String token) {
      String export =
          token == null
              ? "export TOKEN=\"$INTERMISSION_ADMIN_TOKEN\"   # as you set it"
              : "export TOKEN=" + token;
      return String.format(
          Locale.ROOT,
          """
          Clients:        %1$s/api/v1  (also /petstore, /orders, /other)
          Management API: %2$s/apiops/
          Backend calls:  %2$s/demo/requests

          Try this in another terminal:

          ./intermission close MyAPI --for 30m
          ./intermission status
          ./intermission open MyAPI

          Or the calls behind these commands:

          %4$s

          # close MyAPI
          curl -X PATCH %2$s/apiops/projects/MyProject/apiProxies/MyAPI/settings/maintenance-mode/ \\
            -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
            -d '{"enabled": true, "httpStatusCode": 503, "message": "{\\"message\\":\\"Back at six\\"}", "deploy": true, "deployTargetEnvironmentNameList": ["%3$s"]}'

          # its clients get the message, its backend gets nothing
          curl -i %1$s/api/v1/orders
          curl %2$s/demo/requests

          # open it again
          curl -X PATCH %2$s/apiops/projects/MyProject/apiProxies/MyAPI/settings/maintenance-mode/ \\
            -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
            -d '{"enabled": false, "deploy": true, "deployTargetEnvironmentNameList": ["%3$s"]}'
          """,
          traffic,
          admin,
          environment,
          export);
    }
  }
}
