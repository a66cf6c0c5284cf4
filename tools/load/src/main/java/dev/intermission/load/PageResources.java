package dev.intermission.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** What a report has inlined: its style and script, and uPlot, which draws the charts. */
final class PageResources {

  private static final String UPLOT = "/META-INF/resources/webjars/uplot/";
  private static final String ABOUT_UPLOT = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

  private PageResources() {}

  static String style() {
    return uplot("uPlot.min.css") + "\n" + text("report.css");
  }

  static String script() {
    return uplot("uPlot.iife.min.js") + "\n" + text("report.js");
  }

  private static String uplot(String name) {
    Properties about = new Properties();
    try {
      about.load(new StringReader(text(ABOUT_UPLOT)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text(UPLOT + about.getProperty("version") + "/dist/" + name);
  }

  private static String text(String name) {
    try (InputStream in = PageResources.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " can't be read", e);
    }
  }
}
