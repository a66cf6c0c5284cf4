package dev.intermission.gateway.contract;

import dev.intermission.gateway.config.Front;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Spellings of paths where the handler is the front. */
class HandlerEvasionTest extends EvasionBehaviour {

  HandlerEvasionTest(@TempDir Path data) throws Exception {
    super(new DemoGateway(data, Front.HANDLER));
  }
}
