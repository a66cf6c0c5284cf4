package dev.intermission.store;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test an empty store of its own, on a server that all these tests share. */
final class SharedPostgres implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedPostgres.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == StoreConfig.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    TestServer server =
        test.getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(TestServer.class, type -> start(), TestServer.class);
    try {
      StoreConfig store = server.createStore();
      AutoCloseable drop = () -> server.dropStore(store);
      test.getStore(NAMESPACE).put(store, drop);
      return store;
    } catch (SQLException e) {
      throw new ParameterResolutionException("no store could be made", e);
    }
  }

  private static TestServer start() {
    try {
      // Tests that kill the server have one of their own, which flushes.
      return new TestServer("fsync=off");
    } catch (IOException | SQLException e) {
      throw new ParameterResolutionException("no server could be started", e);
    }
  }

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }
}
