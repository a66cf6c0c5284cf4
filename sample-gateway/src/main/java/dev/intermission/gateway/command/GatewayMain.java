package dev.intermission.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.gateway.client.Client;
import dev.intermission.gateway.client.ClientCommands;
import dev.intermission.gateway.client.output.Screen;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;

/** The main class of the sample gateway and its commands. */
public final class GatewayMain {

  private GatewayMain() {}

  /** Runs the command that the arguments name, and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Output must be the same for programs that read it, whatever the language of the machine.
    Locale.setDefault(Locale.ROOT);
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    System.exit(
        arguments.length > 0 && ClientCommands.have(arguments[0])
            ? ClientCommands.run(client(out, err), arguments)
            : Commands.run(System.getenv(), new Terminal(System.in, out, err), arguments));
  }

  @SuppressWarnings("SystemConsoleNull") // ./intermission asks for the console that can be null
  private static Client client(PrintStream out, PrintStream err) {
    Screen screen = new Screen(System.in, out, err, System.console() != null);
    return new Client(System.getenv(), screen, Clock.systemUTC(), ZoneId.systemDefault());
  }
}
