package dev.intermission.store;

import static dev.intermission.store.StoreBehaviour.PRODUCTION;
import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static dev.intermission.store.TestCatalog.proxy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.StoreUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or fail, for real. */
class SqliteDiskTest {

  private final Path disk;
  private final Path image;

  SqliteDiskTest(@TempDir Path folder) throws IOException {
    disk = Files.createDirectory(folder.resolve("disk"));
    image = folder.resolve("image");
  }

  private JdbcStore open() {
    return JdbcStore.open(StoreConfig.inFolder(disk), Clock.systemUTC());
  }

  private static MaintenanceSettings settings(int number) {
    return new MaintenanceSettings(
        true, 503, ContentType.parse("text/plain"), number + " ".repeat(10_000));
  }

  private static void update(JdbcStore store, int number) {
    store.settings().update(MY_API, saved -> settings(number), List.of(PRODUCTION), AUTHOR);
  }

  private static void assertHolds(JdbcStore store, int number) {
    assertThat(store.settings().settings(MY_API))
        .contains(new SavedSettings(settings(number), number + 1));
    assertThat(store.settings().status(MY_API).get(0))
        .satisfies(
            status -> {
              assertThat(status.revision()).isEqualTo(number + 1);
              assertThat(status.redeployRequired()).isFalse();
            });
    assertThat(store.settings().changesSince("production", 0))
        .satisfies(
            delta -> {
              assertThat(delta.version()).isEqualTo(number + 1);
              assertThat(delta.deployed().get(0).settings()).isEqualTo(settings(number));
            });
  }

  @Test
  void aFullDiskIsAnOutageThatLosesNothing() throws Exception {
    try (Mount mount = new Mount(disk, "-t", "tmpfs", "-o", "size=4m", "tmpfs")) {
      assertThat(mount).isNotNull();
      int acknowledged = 0;
      try (JdbcStore store = open()) {
        store.settings().apply(TestCatalog.small(), AUTHOR);
        update(store, ++acknowledged);
        Path filler = disk.resolve("filler");
        fill(filler);

        acknowledged = updateUntilUnavailable(store, acknowledged);
        assertHolds(store, acknowledged);
        assertThatThrownBy(() -> store.settings().apply(manyProxies(), AUTHOR))
            .isInstanceOf(StoreUnavailableException.class);
        assertThat(store.settings().proxies("MyProject")).hasSize(2);

        Files.delete(filler);
        assertHolds(store, acknowledged);
        update(store, ++acknowledged);
        assertHolds(store, acknowledged);
      }
      try (JdbcStore store = open()) {
        assertHolds(store, acknowledged);
      }
    }
  }

  @Test
  void aFullDiskKeepsNoPartOfAReportAndDeploymentsGoOnWhenThereIsRoom() throws Exception {
    try (Mount mount = new Mount(disk, "-t", "tmpfs", "-o", "size=6m", "tmpfs");
        JdbcStore store = open()) {
      assertThat(mount).isNotNull();
      NumberedReports.begin(store);
      Path filler = disk.resolve("filler");
      fill(filler);

      int kept = 1;
      try {
        while (kept < 1_000) {
          NumberedReports.next(store, kept + 1);
          kept++;
        }
        fail("1,000 reports found room on a full disk");
      } catch (StoreUnavailableException e) {
        assertThat(e).hasMessageStartingWith("Could not keep what was traced in production");
      }
      assertThat(NumberedReports.newest(store)).isEqualTo(kept);

      Files.delete(filler);
      NumberedReports.assertWhole(store, StoreConfig.inFolder(disk), kept, "a full disk");
      NumberedReports.next(store, kept + 1);
      update(store, 1);
      assertThat(store.traces().prune()).isPositive();
      update(store, 2);
    }
  }

  private static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private static int updateUntilUnavailable(JdbcStore store, int acknowledged) {
    int number = acknowledged;
    try {
      while (number < 1_000) {
        update(store, number + 1);
        number++;
      }
      return fail("1,000 updates found room on a full disk");
    } catch (StoreUnavailableException e) {
      assertThat(e).hasMessageStartingWith("Could not save the settings of MyProject/MyAPI");
      return number;
    }
  }

  private static TestCatalog manyProxies() {
    Map<ApiProxy, Set<String>> proxies = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      proxies.put(proxy(new ProxyId("MyProject", "p" + i), "/p/" + i), Set.of("production"));
    }
    return TestCatalog.of(proxies);
  }

  @Test
  void aDiskThatTurnsReadOnlyIsAnOutageThatLosesNothing() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(16 << 20);
    }
    assumeTrue(Mount.run("mkfs.ext4", new String[] {"-q", "-F"}, image), "needs mkfs.ext4");
    int acknowledged = 0;
    try (Mount mount = new Mount(disk, "-o", "loop", image.toString());
        JdbcStore store = open()) {
      store.settings().apply(TestCatalog.small(), AUTHOR);
      while (acknowledged < 20) {
        update(store, ++acknowledged);
      }
      mount.abort();

      assertThatThrownBy(() -> update(store, 99)).isInstanceOf(StoreUnavailableException.class);
      assertHolds(store, acknowledged);
    }
    try (Mount mount = new Mount(disk, "-o", "loop", image.toString());
        JdbcStore store = open()) {
      assertThat(mount).isNotNull();
      assertHolds(store, acknowledged);
    }
  }

  @Test
  void aReadOnlyDiskIsRefusedAtStart() throws Exception {
    try (Mount mount = new Mount(disk, "-t", "tmpfs", "-o", "ro,size=1m", "tmpfs")) {
      assertThat(mount).isNotNull();
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("may write it and its folder");
    }
  }
}
