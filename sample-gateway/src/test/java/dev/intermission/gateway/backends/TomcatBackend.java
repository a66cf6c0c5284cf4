package dev.intermission.gateway.backends;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** Tomcat, with servlets mapped to paths. */
final class TomcatBackend implements RealBackend {

  private final Tomcat tomcat = new Tomcat();

  TomcatBackend(Path folder) throws LifecycleException {
    tomcat.setBaseDir(folder.resolve("tomcat").toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
    tomcat.getConnector().setProperty("allowBackslash", "true");
    tomcat.getConnector().setProperty("encodedSolidusHandling", "decode");
    tomcat.getConnector().setProperty("encodedReverseSolidusHandling", "decode");
    Context context = tomcat.addContext("", null);
    add(context, CLOSED, "/closed/*", "/api/v1/*");
    add(context, OPEN, "/open/*");
    add(context, OTHER, "/");
    tomcat.start();
  }

  private static void add(Context context, String answer, String... mappings) {
    Wrapper servlet = Tomcat.addServlet(context, answer, new Answer(answer));
    for (String mapping : mappings) {
      servlet.addMapping(mapping);
    }
  }

  /** Says which one it is. */
  static final class Answer extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final String answer;

    Answer(String answer) {
      this.answer = answer;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentLength(answer.length());
      response.getWriter().write(answer);
    }
  }

  @Override
  public String name() {
    return "tomcat";
  }

  @Override
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }
}
