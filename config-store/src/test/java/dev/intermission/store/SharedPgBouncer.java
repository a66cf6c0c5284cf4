package dev.intermission.store;

import dev.intermission.postgres.LocalPgBouncer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test an empty database of its own, behind a PgBouncer that all these tests share. */
final class SharedPgBouncer implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedPgBouncer.class);

  /** Fewer than a store has connections, and enough for a transaction within another. */
  private static final int SESSIONS = 4;

  private record Servers(TestServer server, LocalPgBouncer pooler) implements AutoCloseable {

    static Servers start() {
      try {
        TestServer server = new TestServer("fsync=off");
        Path folder = Path.of("target", "servers", "pgbouncer-" + UUID.randomUUID());
        return new Servers(server, LocalPgBouncer.start(server.postgres, folder, SESSIONS));
      } catch (IOException | SQLException e) {
        throw new ParameterResolutionException("no servers could be started", e);
      }
    }

    @Override
    public void close() throws IOException {
      pooler.close();
      server.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == StoreConfig.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Servers servers =
        test.getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(Servers.class, type -> Servers.start(), Servers.class);
    String database = "store_" + UUID.randomUUID().toString().replace("-", "");
    String administer = servers.server().postgres.url("postgres");
    try {
      TestServer.execute(
          administer,
          "CREATE DATABASE "
              + database
              + " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR'");
    } catch (SQLException e) {
      throw new ParameterResolutionException("no database could be made", e);
    }
    AutoCloseable drop =
        () -> TestServer.execute(administer, "DROP DATABASE " + database + " WITH (FORCE)");
    StoreConfig store = new StoreConfig(servers.pooler().url(database));
    test.getStore(NAMESPACE).put(store, drop);
    return store;
  }

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }
}
