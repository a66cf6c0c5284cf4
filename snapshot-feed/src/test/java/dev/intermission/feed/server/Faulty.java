package dev.intermission.feed.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Something real that throws this from each of its methods while {@link #breaks} says so.
 *
 * @param thrown counts how often it was thrown
 */
record Faulty(Throwable failure, AtomicInteger thrown, Breaks breaks) {

  /** Whether it is broken now. */
  @FunctionalInterface
  interface Breaks {
    boolean now();
  }

  <T> T around(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (breaks.now()) {
                thrown.incrementAndGet();
                throw failure;
              }
              return call(method, real, arguments);
            }));
  }

  private static @Nullable Object call(
      java.lang.reflect.Method method, Object real, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
