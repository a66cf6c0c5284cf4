package dev.intermission.gateway.contract;

import dev.intermission.gateway.config.Front;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Methods and bodies where the handler is the front. */
class HandlerMethodsTest extends MethodsBehaviour {

  HandlerMethodsTest(@TempDir Path data) throws Exception {
    super(new DemoGateway(data, Front.HANDLER));
  }
}
