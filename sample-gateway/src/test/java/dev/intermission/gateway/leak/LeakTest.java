package dev.intermission.gateway.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A web application has a class loader of its own. Threads and JDBC drivers of that would keep the
 * application in memory after it has stopped.
 */
@Tag("slow")
class LeakTest {

  private static final Duration LONG = Duration.ofMinutes(4);

  private static URLClassLoader webApplication() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(path).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  /** Runs the parts in the loader, on a thread that ends with them. */
  @SuppressWarnings("unchecked") // the class of the other loader is not the one known here
  private static List<String> run(ClassLoader loader, Path folder) throws Exception {
    Callable<List<String>> parts =
        (Callable<List<String>>)
            loader
                .loadClass(EmbeddedParts.class.getName())
                .getConstructor(Path.class)
                .newInstance(folder);
    FutureTask<List<String>> task = new FutureTask<>(parts);
    Thread thread = new Thread(task, "web-application");
    thread.setContextClassLoader(loader);
    thread.start();
    List<String> left = task.get();
    thread.join();
    return left;
  }

  private static List<String> threadsOf(@Nullable ClassLoader loader) {
    if (loader == null) {
      return List.of();
    }
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getContextClassLoader() == loader
                    || thread.getClass().getClassLoader() == loader)
        .map(Thread::getName)
        .toList();
  }

  /** Returns the loader of an application that has run and stopped. */
  private static WeakReference<ClassLoader> runAndStop(Path folder) throws Exception {
    try (URLClassLoader application = webApplication()) {
      assertThat(run(application, folder)).as("drivers in the DriverManager").isEmpty();
      return new WeakReference<>(application);
    }
  }

  @Test
  void nothingIsLeftOfStoreAndFeedsThatWereClosed(@TempDir Path folder) throws Exception {
    WeakReference<ClassLoader> loader = runAndStop(folder);
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              // The threads of the JDK's HTTP client end when it is collected.
              System.gc();
              assertThat(threadsOf(loader.get())).isEmpty();
            });
  }
}
