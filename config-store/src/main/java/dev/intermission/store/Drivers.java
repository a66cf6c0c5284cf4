package dev.intermission.store;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDBC drivers that register themselves in the {@code DriverManager} of the JVM when a store
 * loads them. There they would keep a stopped web application, with all its classes, in memory. No
 * store connects by the {@code DriverManager}.
 */
final class Drivers {

  private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);

  private Drivers() {}

  /** Takes those out that came with this library into a class loader beside the program's own. */
  static void release() {
    ClassLoader own = Drivers.class.getClassLoader();
    if (own == ClassLoader.getSystemClassLoader()) {
      return;
    }
    List<Driver> ours =
        Collections.list(DriverManager.getDrivers()).stream()
            .filter(driver -> driver.getClass().getClassLoader() == own)
            .filter(
                driver ->
                    driver instanceof org.postgresql.Driver || driver instanceof org.sqlite.JDBC)
            .toList();
    for (Driver driver : ours) {
      try {
        DriverManager.deregisterDriver(driver);
      } catch (SQLException e) {
        LOG.warn("The driver {} can't be taken out of the DriverManager", driver, e);
      }
    }
  }
}
