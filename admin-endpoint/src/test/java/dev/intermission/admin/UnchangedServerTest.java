package dev.intermission.admin;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests that change nothing, and so share one server; each is checked to have changed nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class UnchangedServerTest extends AdminTest {

  @BeforeAll
  public void startOnce(@TempDir Path folder) throws Exception {
    super.start(folder);
  }

  @AfterAll
  public void stopOnce() throws Exception {
    super.stop();
  }

  @Override
  @BeforeEach
  public void start(@TempDir Path unused) {}

  @Override
  @AfterEach
  public void stop() {
    assertNothingSaved();
  }
}
