package dev.intermission.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.User;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {

  private static final Path EXAMPLE = Path.of("..", "examples", "gateway.yaml");

  private static final String SMALL =
      """
      environments: [production]
      projects:
        P:
          proxies:
            A:
              relativePathList: [/a]
              routingAddressList:
                - address: http://up:1
      """;

  private final Path folder;

  ConfigFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private GatewayConfig read(String yaml, Given given) throws IOException {
    Path file = Files.writeString(folder.resolve("gateway.yaml"), yaml);
    return ConfigReader.read(file, given);
  }

  private GatewayConfig read(String yaml) throws IOException {
    return read(yaml, Given.NOTHING);
  }

  /** Returns what is told about the file, without its path. */
  private String fault(String yaml) {
    try {
      read(yaml);
      return "nothing is wrong";
    } catch (ConfigException e) {
      String message = String.valueOf(e.getMessage());
      String file = folder.resolve("gateway.yaml") + ":";
      assertThat(message.lines()).allMatch(line -> line.startsWith(file));
      return message
          .lines()
          .map(line -> line.substring(file.length()).strip())
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, User> users(GatewayConfig config) {
    return config.catalog().users().stream()
        .collect(Collectors.toMap(User::name, Function.identity()));
  }

  @Test
  void exampleSaysTheDefaultsThatItExplains() {
    GatewayConfig config = ConfigReader.read(EXAMPLE, Given.NOTHING);
    assertThat(config.environment()).isEqualTo(GatewayConfig.ENVIRONMENT);
    assertThat(config.data())
        .isEqualTo(EXAMPLE.toAbsolutePath().normalize().resolveSibling("data"));
    assertThat(config.database()).isNull();
    assertThat(config.shutdownDelay()).isZero();
    assertThat(config.shutdownTimeout()).isEqualTo(GatewayConfig.SHUTDOWN_TIMEOUT);
    assertThat(config.traffic()).isEqualTo(ListenerConfig.TRAFFIC);
    assertThat(config.admin()).isEqualTo(ListenerConfig.ADMIN);
    assertThat(config.upstream()).isEqualTo(UpstreamConfig.DEFAULTS);
  }

  @Test
  void exampleSaysWhatExists() {
    GatewayConfig config = ConfigReader.read(EXAMPLE, Given.NOTHING);
    assertThat(config.catalog().environments()).containsExactlyInAnyOrder("production", "staging");
    assertThat(config.catalog().projects()).containsExactlyInAnyOrder("MyProject", "OtherProject");
    assertThat(config.catalog().proxies())
        .containsEntry(
            new ApiProxy(
                new ProxyId("MyProject", "MyAPI"),
                "Orders and customers",
                "REST",
                List.of("/api/v1"),
                List.of(),
                List.of(
                    new RoutingAddress(URI.create("http://127.0.0.1:3000/v1"), 3, false),
                    new RoutingAddress(URI.create("http://127.0.0.1:3001/v1"), 1, false)),
                List.of("orders"),
                "PRIVATE",
                false),
            Set.of("production"))
        .hasSize(2);
    assertThat(users(config))
        .containsEntry("admin", new User("admin", true, Map.of(), null))
        .containsEntry(
            "operator",
            new User(
                "operator",
                false,
                Map.of("MyProject", Set.of(Right.MANAGE, Right.DEPLOY_UNDEPLOY)),
                null))
        .containsEntry(
            "viewer", new User("viewer", false, Map.of("MyProject", Set.of(Right.VIEW)), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SMALL + "x: 1",
        "traffic: {x: 1}",
        "admin: {x: 1}",
        "upstream: {x: 1}",
        "users: {u: {x: 1}}",
        "projects: {P: {x: 1}}",
        SMALL + "        x: 1",
        SMALL + "            x: 1"
      })
  void everyKeyIsExplainedInTheExample(String unknown) throws IOException {
    Matcher told = Pattern.compile("unknown key, allowed are (.*)").matcher(fault(unknown));
    assertThat(told.find()).as(told.toString()).isTrue();
    String example = Files.readString(EXAMPLE);
    assertThat(told.group(1).split(", ")).allMatch(key -> example.contains(key + ":"));
  }

  @Test
  void smallFileGetsTheDefaults() throws IOException {
    GatewayConfig config = read(SMALL);
    assertThat(config.traffic()).isEqualTo(ListenerConfig.TRAFFIC);
    assertThat(config.admin()).isEqualTo(ListenerConfig.ADMIN);
    assertThat(config.upstream()).isEqualTo(UpstreamConfig.DEFAULTS);
    assertThat(config.catalog().proxies())
        .containsExactly(
            Map.entry(
                ApiProxy.of(
                    new ProxyId("P", "A"),
                    "/a",
                    new RoutingAddress(URI.create("http://up:1"), 1, false)),
                Set.of()));
  }

  @Test
  void fileWinsOverDefaultsAndOverridesOverTheFile() throws IOException {
    String yaml =
        SMALL.replace("[production]", "[production, staging]")
            + """
            role: admin
            environment: staging
            node: n-1
            front: filter
            data: /srv/data
            database: jdbc:sqlite:/srv/x.db
            shutdownDelay: 10s
            shutdownTimeout: 2m
            traffic: {host: 127.0.0.9, port: 1, maxConnections: 2, maxHeaderBytes: 2048, drainTimeout: 0s,
                      idleTimeout: 3s, receiveTimeout: 400ms, http2: false,
                      tls: {certificate: c.pem, privateKey: k.pem}}
            admin: {port: 5}
            upstream: {connectTimeout: 6s, idleTimeout: 7h, responseTimeout: 5m, maxConnections: 8, preserveHost: true}
            """;
    GatewayConfig config = read(yaml);
    assertThat(config.environment()).isEqualTo("staging");
    assertThat(config.data()).isEqualTo(Path.of("/srv/data"));
    assertThat(config.database()).isEqualTo("jdbc:sqlite:/srv/x.db");
    assertThat(config.shutdownDelay()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.shutdownTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.traffic())
        .isEqualTo(
            new ListenerConfig(
                "127.0.0.9",
                1,
                2,
                2048,
                Duration.ofSeconds(3),
                Duration.ofMillis(400),
                false,
                new TlsConfig(folder.resolve("c.pem"), folder.resolve("k.pem"))));
    assertThat(config.drainTimeout()).isEqualTo(Duration.ZERO);
    assertThat(config.role()).isEqualTo(Role.ADMIN);
    assertThat(config.node()).isEqualTo("n-1");
    assertThat(config.front()).isEqualTo(Front.FILTER);
    assertThat(config.admin()).isEqualTo(ListenerConfig.ADMIN.at(null, 5));
    assertThat(config.upstream())
        .isEqualTo(
            new UpstreamConfig(
                Duration.ofSeconds(6), Duration.ofHours(7), Duration.ofMinutes(5), 8, true));

    GatewayConfig overridden =
        read(
            yaml,
            given(
                Map.of(
                    Key.ROLE, "all",
                    Key.ENVIRONMENT, "production",
                    Key.NODE, "n-2",
                    Key.FRONT, "handler",
                    Key.DATA, "d",
                    Key.DATABASE, "jdbc:sqlite:y",
                    Key.HOST, "127.0.0.1",
                    Key.PORT, "11",
                    Key.ADMIN_HOST, "127.0.0.2",
                    Key.ADMIN_PORT, "12")));
    assertThat(overridden.role()).isEqualTo(Role.ALL);
    assertThat(overridden.node()).isEqualTo("n-2");
    assertThat(overridden.front()).isEqualTo(Front.HANDLER);
    assertThat(overridden.environment()).isEqualTo("production");
    assertThat(overridden.data()).isEqualTo(Path.of("d"));
    assertThat(overridden.database()).isEqualTo("jdbc:sqlite:y");
    assertThat(overridden.traffic()).isEqualTo(config.traffic().at("127.0.0.1", 11));
    assertThat(overridden.admin()).isEqualTo(ListenerConfig.ADMIN.at("127.0.0.2", 12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // the line that is added | what is told
        "prot: 1 | 9: prot: unknown key, allowed are accessUrls, admin, connections, data, database, environment, environments, feed, front, node, projects, role, shutdownDelay, shutdownTimeout, traffic, upstream, users",
        "traffic: {prot: 1} | 9: traffic.prot: unknown key, allowed are accessLog, drainTimeout, host, http2, idleTimeout, maxConnections, maxHeaderBytes, port, receiveTimeout, tls, trustedProxies",
        "users: {u: {admin: true}} | 9: users.u.admin: unknown key, allowed are follows, passwordHash, rights, systemAdministrator",
        "accessUrls: {mars: http://a} | 9: accessUrls.mars: found 'mars', allowed are [production]",
        "accessUrls: {production: ftp://a} | 9: accessUrls.production: allowed are http and https, with a host, and a path if need be, and no more",
        "accessUrls: {production: 'http://a/?b'} | 9: accessUrls.production: allowed are http and https, with a host, and a path if need be, and no more",
        "accessUrls: {production: http://u@a/} | 9: accessUrls.production: allowed are http and https, with a host, and a path if need be, and no more",
        "accessUrls: {production: [a]} | 9: accessUrls.production: found a list, allowed is a text (in quotes, if it looks like something else)",
        "environments: [x] | 9: environments: found twice, the first time in line 1",
        "users: {u: {}, u: {}} | 9: users.u: found twice, the first time in line 9",
        "traffic: {port: '8080'} | 9: traffic.port: found the text '8080', allowed is a whole number",
        "traffic: {trustedProxies: [a.example]} | 9: traffic.trustedProxies[0]: found 'a.example', which is no IP address; allowed is an IP address or a block such as 10.0.0.0/8 or fd00::/8",
        "traffic: {trustedProxies: [10.0.0.0/33]} | 9: traffic.trustedProxies[0]: found '10.0.0.0/33', which has no number of bits behind its slash; allowed are 0 to 32",
        "traffic: {drainTimeout: soon} | 9: traffic.drainTimeout: found the text 'soon', allowed is a number and a unit (ms, s, m, h, d), such as 10s, or 0s",
        "traffic: {accessLog: file} | 9: traffic.accessLog: found 'file', allowed are off, stdout and the connections []",
        "traffic: {accessLog: 1} | 9: traffic.accessLog: found 1, allowed is a text (in quotes, if it looks like something else)",
        "connections: [{name: a}] | 9: connections[0].type: this key is missing, and required",
        "connections: [{name: a, type: KAFKA}] | 9: connections[0].type: found the text 'KAFKA', allowed is one of [LOGBACK_APPEND, WEBHOOK_SEND, STANDARD_OUTPUT]",
        "connections: [{name: a, type: STANDARD_OUTPUT, path: x}] | 9: connections[0].path: unknown key, allowed are environments, name, type",
        "connections: [{name: a, type: STANDARD_OUTPUT}, {name: a, type: STANDARD_OUTPUT}] | 9: connections: found the name 'a' twice",
        "connections: [{name: a, type: LOGBACK_APPEND, path: /x/y}, {name: b, type: LOGBACK_APPEND, path: /x/z/../y}] | 9: connections: found the path '/x/y' twice; a file that rolls has one writer",
        "connections: [{name: a, type: LOGBACK_APPEND, path: '/x/%d'}] | `9: connections[0]: found the path '/x/%d'; not allowed are %, ( and ), and in the name of the file * ? + ^ $ | [ ] { }`",
        "connections: [{name: stdout, type: STANDARD_OUTPUT}] | 9: connections: found the name 'stdout', which accessLog has a meaning for",
        "connections: [{name: a, type: STANDARD_OUTPUT, environments: [mars]}] | 9: connections[0].environments: found [mars], allowed are [production]",
        "connections: [{name: a, type: LOGBACK_APPEND}] | 9: connections[0].path: this key is missing, and required",
        "connections: [{name: a, type: LOGBACK_APPEND, path: x, maxDays: 0}] | 9: connections[0].maxDays: found 0, allowed are 1 to 3650",
        "connections: [{name: a, type: WEBHOOK_SEND, url: 'ftp://a'}] | 9: connections[0]: found a URL that is none of a webhook; allowed are http and https, with a host, and without user information and fragment",
        "connections: [{name: a, type: WEBHOOK_SEND, url: 'http://u:p@a/'}] | 9: connections[0]: found a URL that is none of a webhook; allowed are http and https, with a host, and without user information and fragment",
        "connections: [{name: a, type: WEBHOOK_SEND, url: 'http://a/', method: GET}] | 9: connections[0]: found the method 'GET', allowed are POST, PUT and PATCH",
        "connections: [{name: a, type: WEBHOOK_SEND, url: 'http://a/', fields: {Authorization: x}}] | 9: connections[0]: found the field 'Authorization', which holds a secret; name the variable of its value in secretFields",
        "traffic: {port: http} | 9: traffic.port: found the text 'http', allowed is a whole number",
        "traffic: {port: 80.5} | 9: traffic.port: found 80.5, allowed is a whole number",
        "traffic: {port: true} | 9: traffic.port: found true, allowed is a whole number",
        "traffic: {port: 010} | 9: traffic.port: found 010, allowed are decimal digits alone",
        "traffic: {port: 0x1F} | 9: traffic.port: found 0x1F, allowed are decimal digits alone",
        "traffic: {port: 8_080} | 9: traffic.port: found 8_080, allowed are decimal digits alone",
        "traffic: {port: 1:30} | 9: traffic.port: found the text '1:30', allowed is a whole number",
        "traffic: {port: [80]} | 9: traffic.port: found a list, allowed is a whole number",
        "traffic: {port: 70000} | 9: traffic.port: found 70000, allowed are 0 to 65535",
        "traffic: {port: -1} | 9: traffic.port: found -1, allowed are 0 to 65535",
        "traffic: {port: 99999999999} | 9: traffic.port: found 99999999999, allowed is a whole number",
        "admin: {maxConnections: 0} | 9: admin.maxConnections: found 0, allowed are 1 to 1000000",
        "traffic: {maxHeaderBytes: 10} | 9: traffic.maxHeaderBytes: found 10, allowed are 1024 to 1048576",
        "traffic: {host: ''} | 9: traffic.host: found '', allowed is a name or address of this machine",
        "traffic: 8080 | 9: traffic: found 8080, allowed is a mapping of keys to values",
        "traffic: [] | 9: traffic: found a list, allowed is a mapping of keys to values",
        "shutdownDelay: 10 | 9: shutdownDelay: found 10, allowed is a number and a unit (ms, s, m, h, d), such as 10s, or 0s",
        "shutdownTimeout: 30 | 9: shutdownTimeout: found 30, allowed is a number above 0 and a unit (ms, s, m, h, d), such as 30s",
        "shutdownTimeout: 30 s | 9: shutdownTimeout: found the text '30 s', allowed is a number above 0 and a unit (ms, s, m, h, d), such as 30s",
        "shutdownTimeout: 0s | 9: shutdownTimeout: found the text '0s', allowed is a number above 0 and a unit (ms, s, m, h, d), such as 30s",
        "upstream: {preserveHost: no} | 9: upstream.preserveHost: found the text 'no', allowed is true or false",
        "upstream: {preserveHost: 'true'} | 9: upstream.preserveHost: found the text 'true', allowed is true or false",
        "upstream: {maxConnections: 0} | 9: upstream.maxConnections: found 0, allowed are 1 to 100000",
        "data: 5 | 9: data: found 5, allowed is a text (in quotes, if it looks like something else)",
        "data: true | 9: data: found true, allowed is a text (in quotes, if it looks like something else)",
        "environment: test | 9: environment: found 'test', allowed are the configured environments [production]",
        "users: {u: {rights: {X: [VIEW]}}} | 9: users.u.rights.X: found 'X', allowed are [P]",
        "users: {u: {rights: {P: [READ]}}} | 9: users.u.rights.P[0]: found the text 'READ', allowed is one of [VIEW, MANAGE, DEPLOY_UNDEPLOY, PROJECT_ADMINISTRATOR]",
        "users: {u: {rights: {P: [view]}}} | 9: users.u.rights.P[0]: found the text 'view', allowed is one of [VIEW, MANAGE, DEPLOY_UNDEPLOY, PROJECT_ADMINISTRATOR]",
        "users: {u: {rights: {P: [1]}}} | 9: users.u.rights.P[0]: found 1, allowed is one of [VIEW, MANAGE, DEPLOY_UNDEPLOY, PROJECT_ADMINISTRATOR]",
        "users: {u: {rights: {P: VIEW}}} | 9: users.u.rights.P: found the text 'VIEW', allowed is a list",
        "users: {u: {passwordHash: secret}} | 9: users.u.passwordHash: found what is no bcrypt hash of a cost from 10 to 16; make one with './intermission secret hash'",
        "users: {'': {}} | 9: users.: the name is not 1 to 255 characters without controls, one of them no space",
        "users: [u] | 9: users: found a list, allowed is a mapping of keys to values",
        "users: {u: {systemAdministrator: 1}} | 9: users.u.systemAdministrator: found 1, allowed is true or false",
      })
  void whatIsWrongIsToldWithItsLineAndKey(String line, String told) {
    assertThat(fault(SMALL + line + "\n")).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // what takes whose place | what is told
        "relativePathList: [/a] | relativePathList: [a] | 6: projects.P.proxies.A.relativePathList[0]: path 'a' must start with /",
        "relativePathList: [/a] | relativePathList: [/a, /b/../c] | 6: projects.P.proxies.A.relativePathList[1]: path '/b/../c' has an empty or dot segment; write it in its plain form",
        "relativePathList: [/a] | relativePathList: [] | 6: projects.P.proxies.A.relativePathList: found an empty list, needed is a path at least",
        "relativePathList: [/a] | relativePathList: /a | 6: projects.P.proxies.A.relativePathList: found the text '/a', allowed is a list",
        "relativePathList: [/a] | hostList: [] | 5: projects.P.proxies.A.relativePathList: this key is missing, and required",
        "http://up:1 | up:1 | 8: projects.P.proxies.A.routingAddressList[0]: address 'up:1' is not allowed; write http://host:port/path or https://host:port/path",
        "http://up:1 | http://up:65536 | 8: projects.P.proxies.A.routingAddressList[0]: address 'http://up:65536' has the port 65536, allowed are 1 to 65535",
        "http://up:1 | http://my_up:0/x | 8: projects.P.proxies.A.routingAddressList[0]: address 'http://my_up:0/x' has the port 0, allowed are 1 to 65535",
        "http://up:1 | 'http://a b' | 8: projects.P.proxies.A.routingAddressList[0].address: found the text 'http://a b', allowed is a URI such as http://host:port/path",
        "http://up:1 | http://u@up | 8: projects.P.proxies.A.routingAddressList[0]: address 'http://u@up' is not allowed; write http://host:port/path or https://host:port/path",
        "- address: http://up:1 | - {address: http://up:1, weight: -1} | 8: projects.P.proxies.A.routingAddressList[0]: weight -1 is not from 0 to 1000000",
        "- address: http://up:1 | - {address: http://up:1, weight: heavy} | 8: projects.P.proxies.A.routingAddressList[0].weight: found the text 'heavy', allowed is a whole number",
        "- address: http://up:1 | - {address: http://up:1, weight: 0} | 7: projects.P.proxies.A.routingAddressList: needed is an address at least with a weight above 0",
        "- address: http://up:1 | - weight: 1 | 8: projects.P.proxies.A.routingAddressList[0].address: this key is missing, and required",
        "[production] | [] | 1: environments: found an empty list, needed is a name at least",
        "[production] | [production, production] | 1: environments: found 'production' twice",
        "[production] | [1] | 1: environments[0]: found 1, allowed is a text (in quotes, if it looks like something else)",
        "environments: [production] | data: x | environments: this key is missing, and required",
      })
  void whatIsWrongInsideIsToldWithItsLineAndKey(String what, String instead, String told) {
    assertThat(fault(SMALL.replace(what, instead))).startsWith(told);
  }

  @Test
  void environmentThatIsUnknownIsToldWhereItIsDeployedTo() {
    assertThat(fault(SMALL + "        deployTo: [production, test]\n"))
        .isEqualTo("9: projects.P.proxies.A.deployTo: found 'test', allowed are [production]");
  }

  @Test
  void routeOfAnIpv6HostIsTheSameInEachSpelling() {
    assertThat(
            fault(
                SMALL
                    + """
                            hostList: ['[::1]', '[0:0:0:0:0:0:0:1]']
                          B:
                            relativePathList: [/a]
                            hostList: ['::0:1']
                            routingAddressList:
                              - address: http://up:1
                    """))
        .contains("relativePathList: the route [::1]/a is that of P/A already");
  }

  @Test
  void hostThatIsNoneIsToldWithItsPlace() {
    assertThat(fault(SMALL + "        hostList: [a.example, 'b:80']\n"))
        .startsWith("9: projects.P.proxies.A.hostList[1]: host 'b:80' is not a host name");
  }

  @Test
  void routeOfAnotherProxyIsToldWithItsOwner() {
    assertThat(
            fault(
                SMALL
                    + """
                      Q:
                        proxies:
                          B:
                            relativePathList: [/b, /a]
                            routingAddressList: [{address: "http://up:1"}]
                    """))
        .isEqualTo(
            "12: projects.Q.proxies.B.relativePathList: the route /a is that of P/A already");
  }

  @Test
  void sameRouteOnAnotherHostIsAnotherRoute() throws IOException {
    GatewayConfig config =
        read(
            SMALL
                + """
                  Q:
                    proxies:
                      B:
                        relativePathList: [/a]
                        hostList: [b.example]
                        routingAddressList: [{address: "http://up:1"}]
                """);
    assertThat(config.catalog().proxies()).hasSize(2);
  }

  @Test
  void brokenYamlIsToldWithItsLineAndColumn() {
    assertThat(fault("environments: [production\nprojects: {}\n"))
        .matches("[0-9]+:[0-9]+: .*expected ',' or ']'.*");
    assertThat(fault("a: b: c\n")).startsWith("1:5: mapping values are not allowed here");
    assertThat(fault("\tenvironments: []\n")).startsWith("1:1: ");
  }

  @Test
  void fileThatHoldsNothingOrSomethingElseIsRefused() {
    assertThat(fault("")).contains("examples/gateway.yaml");
    assertThat(fault("# nothing\n")).contains("examples/gateway.yaml");
    assertThat(fault("[]")).contains("found a list, allowed is a mapping of keys to values");
    assertThat(fault("text")).contains("found the text 'text', allowed is a mapping");
    assertThat(fault(SMALL + "---\n" + SMALL)).isNotEqualTo("nothing is wrong");
  }

  @Test
  void valueThatIsLeftEmptyIsRefused() {
    assertThat(fault(SMALL + "data:\n")).isEqualTo("9: data: found nothing, leave the key out");
    assertThat(fault(SMALL + "traffic:\n  port:\n"))
        .isEqualTo("10: traffic.port: found nothing, leave the key out");
  }

  @Test
  void fileThatCannotBeReadIsToldByName() throws IOException {
    Path missing = folder.resolve("none.yaml");
    assertThatThrownBy(() -> ConfigReader.read(missing, Given.NOTHING))
        .isInstanceOf(ConfigException.class)
        .hasMessage("The configuration file %s does not exist", missing);
    assertThatThrownBy(() -> ConfigReader.read(folder, Given.NOTHING))
        .isInstanceOf(ConfigException.class)
        .hasMessage("The configuration file %s is a folder", folder);
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "data: \u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ConfigReader.read(latin, Given.NOTHING))
        .isInstanceOf(ConfigException.class)
        .hasMessage("The configuration file %s is not UTF-8", latin);
  }

  @Test
  void allFaultsAreToldAtOnceAndMissingKeysLast() {
    String yaml =
        """
        environments: [production]
        traffic: {port: http, idleTimeout: 5}
        projects:
          P:
            proxies:
              A:
                relativePathLst: [/a]
                routingAddressList: [{address: up}]
              B:
                relativePathList: [b]
                routingAddressList: []
        users: {u: {rights: {Q: [READ]}}}
        """;
    assertThat(fault(yaml).lines())
        .containsExactly(
            "2: traffic.port: found the text 'http', allowed is a whole number",
            "2: traffic.idleTimeout: found 5, allowed is a number above 0 and a unit (ms, s, m, h, d), such as 30s",
            "7: projects.P.proxies.A.relativePathLst: unknown key, allowed are categoryList, deployTo, description, hostList, relativePathList, routingAddressList, sharingType, soapToRest, type",
            "8: projects.P.proxies.A.routingAddressList[0]: address 'up' is not allowed; write http://host:port/path or https://host:port/path",
            "10: projects.P.proxies.B.relativePathList[0]: path 'b' must start with /",
            "11: projects.P.proxies.B.routingAddressList: needed is an address at least with a weight above 0",
            "12: users.u.rights.Q: found 'Q', allowed are [P]",
            "12: users.u.rights.Q[0]: found the text 'READ', allowed is one of [VIEW, MANAGE, DEPLOY_UNDEPLOY, PROJECT_ADMINISTRATOR]",
            "6: projects.P.proxies.A.relativePathList: this key is missing, and required");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "data: *d | 9: data: found an alias (*); write out what it stands for",
        "data: &d x | 9: data: found an anchor (&); write the value without it",
        "traffic: {<<: {port: 1}} | 9: traffic: found the merge key <<; write out what it stands for",
        "data: !!str 5 | 9: data: found a tag (!); write the value without it",
        "data: ! x | 9: data: found a tag (!); write the value without it",
        "? [a] | 9: found a list for a key, allowed is a text",
        "projects: | 9: projects: found twice, the first time in line 2",
      })
  void whatYamlHidesIsRefused(String line, String told) {
    assertThat(fault(SMALL + line + "\n")).isEqualTo(told);
  }

  @Test
  void finalSlashOfAPathIsRefusedAndTheRootIsNot() throws IOException {
    assertThat(fault(SMALL.replace("[/a]", "[/, /a/]")))
        .isEqualTo(
            "6: projects.P.proxies.A.relativePathList[1]: path '/a/' ends with a slash; write '/a'");
    assertThat(fault(SMALL.replace("[/a]", "[//]")))
        .isEqualTo(
            "6: projects.P.proxies.A.relativePathList[0]: path '//' ends with a slash; write '/'");
    assertThat(read(SMALL.replace("[/a]", "[/]")).catalog().proxies()).hasSize(1);
  }

  @Test
  void requiredKeyWithoutAValueIsNotToBeLeftOut() {
    assertThat(fault("environments:\nprojects: {}\n"))
        .isEqualTo("1: environments: found nothing, and this key is required");
    assertThat(fault(SMALL.replace("address: http://up:1", "address:")))
        .isEqualTo(
            "8: projects.P.proxies.A.routingAddressList[0].address: found nothing, and this key is required");
  }

  @Test
  void pathsOfTheFileAreRelativeToTheFileAndThoseOfOptionsAreNot() throws IOException {
    assertThat(read(SMALL).data()).isEqualTo(folder.resolve("data"));
    assertThat(read(SMALL + "data: ../x\n").data()).isEqualTo(folder.resolveSibling("x"));
    assertThat(read(SMALL, given(Map.of(Key.DATA, "x"))).data()).isEqualTo(Path.of("x"));
  }

  @Test
  void passwordHashIsTakenAndNeverShown() throws IOException {
    String hash = "$2b$12$bsFOg60.UFL6pQYMYR05T.8NhkRlVMO3QOIFG80t2NpVvWTpqeUQa";
    GatewayConfig config = read(SMALL + "users: {u: {passwordHash: '" + hash + "'}}\n");
    assertThat(users(config)).containsEntry("u", new User("u", false, Map.of(), hash));
    assertThat(config.toString()).doesNotContain(hash);
  }

  @Test
  void roleGatewayNeedsAnAdminNodeAndNothingElse() {
    GatewayConfig config = ConfigReader.read(feed("http://127.0.0.1:9090"));
    assertThat(config.role()).isEqualTo(Role.GATEWAY);
    assertThat(config.environment()).isEqualTo("production");
    assertThat(config.feed().admins()).containsExactly(URI.create("http://127.0.0.1:9090"));
    assertThat(config.catalog().proxies()).isEmpty();
    assertThatThrownBy(() -> ConfigReader.read(feed()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Without a configuration file: feed: found nothing; the role gateway needs the address of an admin node at least");
  }

  @Test
  void onlyTheRoleGatewayFollowsOthers() throws IOException {
    assertThat(fault(SMALL + "feed: {admins: ['http://127.0.0.1:9090']}\n"))
        .isEqualTo("9: feed: found [http://127.0.0.1:9090]; only the role gateway follows others");
    assertThatThrownBy(() -> ConfigReader.read(Given.NOTHING))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Give the configuration file with --config");
  }

  @Test
  void metersAreOpenUnlessToldOtherwise() throws IOException {
    assertThat(read(SMALL).metrics()).isEqualTo(MetricsAccess.OPEN);
    assertThat(read(SMALL + "admin: {metrics: off}\n").metrics()).isEqualTo(MetricsAccess.OFF);
    assertThat(read(SMALL + "admin: {metrics: token}\n").metrics()).isEqualTo(MetricsAccess.TOKEN);
    assertThat(fault(SMALL + "admin: {metrics: 'on'}\n"))
        .isEqualTo("9: admin.metrics: found the text 'on', allowed is one of [open, token, off]");
    assertThat(
            fault(
                "role: gateway\nfeed: {admins: ['http://127.0.0.1:9090']}\nadmin: {metrics: token}\n"))
        .isEqualTo(
            "3: admin.metrics: found 'token', allowed are 'open' and 'off'; the role gateway knows no users and their tokens");
  }

  @Test
  void userMayFollowOnlyEnvironmentsThatThereAre() throws IOException {
    assertThat(fault(SMALL + "users: {n: {follows: [x]}}\n"))
        .isEqualTo("9: users.n.follows: found 'x', allowed are [production]");
    GatewayConfig config = read(SMALL + "users: {n: {follows: [production]}}\n");
    assertThat(users(config).values()).allMatch(user -> user.mayFollow("production"));
  }

  private static Given feed(String... admins) {
    return given(
        admins.length == 0
            ? Map.of(Key.ROLE, "gateway")
            : Map.of(Key.ROLE, "gateway", Key.FEED, String.join(",", admins)));
  }

  private static Given given(Map<Key, String> texts) {
    return new Given(
        texts.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, text -> new Given.Value(text.getValue(), null))));
  }
}
