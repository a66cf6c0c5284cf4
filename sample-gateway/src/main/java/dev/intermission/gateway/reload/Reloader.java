package dev.intermission.gateway.reload;

import dev.intermission.admin.reload.ReloadReport;
import dev.intermission.admin.reload.Reloading;
import dev.intermission.gateway.config.ConfigException;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.server.ListenException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again and puts in force what can change. All of it is read and checked
 * before the first change, so that a faulty file or certificate changes nothing.
 */
public final class Reloader implements Reloading {

  private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
  private static final int TOLD = 100;

  private final Supplier<GatewayConfig> source;
  private final GatewayConfig started;
  private final ReloadedCatalog catalog;
  private final List<Part> parts = new ArrayList<>();
  private GatewayConfig current;

  /** A part of the gateway that takes another configuration while it runs. */
  @FunctionalInterface
  public interface Part {

    /**
     * Checks what is new for this part, and returns what puts it in force.
     *
     * @throws ListenException if a certificate can't be used
     */
    Runnable prepare(GatewayConfig next);
  }

  /**
   * Makes one for a gateway that starts.
   *
   * @param source reads the configuration; throws a {@link ConfigException} if it is faulty
   * @param started the configuration that the gateway starts with
   * @param catalog what of it exists in this gateway
   */
  public Reloader(Supplier<GatewayConfig> source, GatewayConfig started, ReloadedCatalog catalog) {
    this.source = source;
    this.started = started;
    this.catalog = catalog;
    current = started;
  }

  /** Adds a part. */
  public synchronized void add(Part part) {
    parts.add(part);
  }

  @Override
  public synchronized ReloadReport reload() {
    GatewayConfig next;
    List<Runnable> changes = new ArrayList<>();
    try {
      next = source.get();
      for (Part part : parts) {
        changes.add(part.prepare(next));
      }
    } catch (ConfigException | ListenException e) {
      List<String> faults = String.valueOf(e.getMessage()).lines().toList();
      LOG.warn("The configuration was not read again, since it has faults: {}", told(faults));
      return ReloadReport.refused(faults);
    }
    changes.forEach(Runnable::run);
    if (!next.catalog().equals(current.catalog())) {
      catalog.replace(next.catalog());
    }
    ReloadReport report =
        new ReloadReport(
            List.of(),
            Differences.changes(current, next),
            Differences.restartRequired(started, next));
    current = next;
    log(report);
    return report;
  }

  private static void log(ReloadReport report) {
    LOG.info(
        "The configuration and the certificates were read again: {}",
        report.changes().isEmpty() ? "nothing else changed" : told(report.changes()));
    if (!report.restartRequired().isEmpty()) {
      LOG.warn(
          "These keys changed too, and need a restart: {}",
          String.join(", ", report.restartRequired()));
    }
  }

  private static String told(List<String> lines) {
    String first = String.join("; ", lines.subList(0, Math.min(TOLD, lines.size())));
    return lines.size() > TOLD ? first + "; and " + (lines.size() - TOLD) + " more" : first;
  }
}
