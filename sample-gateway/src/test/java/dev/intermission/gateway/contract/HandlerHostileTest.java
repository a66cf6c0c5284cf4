package dev.intermission.gateway.contract;

import dev.intermission.gateway.config.Front;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Hostile input where the handler is the front. */
class HandlerHostileTest extends HostileBehaviour {

  HandlerHostileTest(@TempDir Path data) throws Exception {
    super(new DemoGateway(data, Front.HANDLER));
  }
}
